package dev.llmload.budget;

import dev.llmload.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader should know of a comparison with a baseline, better or worse, whatever the budgets say. */
final class BaselineNotes {
    /** Below this a change is not worth a word. */
    private static final double WORTH_A_WORD = 0.01;

    private record Number(Metric metric, Statistic statistic) {
        String name() {
            return statistic.text().isEmpty() ? metric.word() : metric.word() + " " + statistic.text();
        }
    }

    private static final List<Number> NUMBERS = List.of(
            new Number(Metric.TTFT, Statistic.percentile(50)),
            new Number(Metric.TTFT, Statistic.percentile(95)),
            new Number(Metric.TPOT, Statistic.percentile(50)),
            new Number(Metric.E2E, Statistic.percentile(95)),
            new Number(Metric.THROUGHPUT, Statistic.NONE),
            new Number(Metric.SUCCESS_RATE, Statistic.NONE),
            new Number(Metric.MFU, Statistic.NONE),
            new Number(Metric.TOKENS_PER_JOULE, Statistic.NONE));

    private BaselineNotes() {}

    static List<String> of(BaselineEntry entry, BaselineReference reference) {
        List<String> notes = new ArrayList<>();
        List<String> differences = reference.now().differencesFrom(entry.circumstances());
        List<String> changes = reference.now().changesFrom(entry.circumstances());
        String changed = changes.isEmpty() ? "the same subject" : "changed: " + String.join(", ", changes);
        if (!differences.isEmpty()) {
            notes.add("not comparable with the baseline, " + entry.title() + ": " + String.join(", ", differences)
                    + "; " + changed);
            return notes;
        }
        Optional<String> lengths = Lengths.difference(entry.runs(), reference.runs());
        lengths.ifPresent(notes::add);
        List<String> better = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        for (Number number : NUMBERS) {
            if (lengths.isEmpty() || !BaselineJudge.OF_LENGTH.contains(number.metric())) {
                compare(number, entry, reference, better, worse);
            }
        }
        notes.add("against the baseline, " + entry.title() + ", " + changed + ": "
                + (better.isEmpty() && worse.isEmpty()
                        ? "no change above 1 %"
                        : (better.isEmpty() ? "" : "better " + String.join(", ", better))
                                + (better.isEmpty() || worse.isEmpty() ? "" : "; ")
                                + (worse.isEmpty() ? "" : "worse " + String.join(", ", worse))));
        return notes;
    }

    private static void compare(
            Number number, BaselineEntry entry, BaselineReference reference, List<String> better, List<String> worse) {
        Optional<Spread> before = Spread.of(entry.runs(), number.metric(), number.statistic());
        Optional<Spread> now = Spread.of(reference.runs(), number.metric(), number.statistic());
        if (before.isEmpty() || now.isEmpty() || before.get().median() == 0) {
            return;
        }
        double change = now.get().median() / before.get().median() - 1;
        if (Math.abs(change) >= WORTH_A_WORD) {
            boolean improved = change < 0 == number.metric().lowerIsBetter();
            (improved ? better : worse).add(number.name() + " " + Figures.percentChange(change));
        }
    }
}
