package dev.llmload.budget.baseline;

import dev.llmload.budget.AnswerLengths;
import dev.llmload.budget.Headline;
import dev.llmload.budget.Intervals;
import dev.llmload.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader should know of a comparison with a baseline, better or worse, whatever the budgets say. */
final class BaselineNotes {
    /** Below this a change is not worth a word. */
    private static final double WORTH_A_WORD = 0.01;

    private BaselineNotes() {}

    static List<String> of(BaselineEntry entry, BaselineReference reference) {
        List<String> notes = new ArrayList<>();
        List<String> differences = reference.now().differencesFrom(entry.circumstances());
        List<String> changed = reference.now().changesFrom(entry.circumstances());
        String subject = changed.isEmpty() ? "the same subject" : "changed: " + String.join(", ", changed);
        if (!differences.isEmpty()) {
            notes.add("not comparable with the baseline, " + entry.title() + ": " + String.join(", ", differences)
                    + "; " + subject);
            return notes;
        }
        AnswerLengths.difference(entry.runs(), reference.runs()).ifPresent(notes::add);
        notes.add(
                "against the baseline, " + entry.title() + ", " + subject + ": " + sentence(changes(entry, reference)));
        RequestShift.of(entry.runs(), reference.runs(), Metric.TTFT).ifPresent(notes::add);
        return notes;
    }

    /** What is worth a word of each number that both have under the same conditions. */
    static List<Change> changes(BaselineEntry entry, BaselineReference reference) {
        if (!reference.now().differencesFrom(entry.circumstances()).isEmpty()) {
            return List.of();
        }
        boolean sameLengths =
                AnswerLengths.difference(entry.runs(), reference.runs()).isEmpty();
        return Headline.ALL.stream()
                .filter(number -> sameLengths || !BaselineJudge.OF_LENGTH.contains(number.metric()))
                .flatMap(
                        number -> Change.of(
                                entry.runs(),
                                reference.runs(),
                                number.metric(),
                                number.statistic(),
                                Intervals.CONFIDENCE)
                                .stream())
                .toList();
    }

    private static String sentence(List<Change> changes) {
        List<Change> large = changes.stream()
                .filter(change -> Math.abs(change.fraction()) >= WORTH_A_WORD)
                .toList();
        String all = Stream.of(
                        part("better ", large, change -> change.kind() == Change.Kind.BETTER),
                        part("worse ", large, change -> change.kind() == Change.Kind.WORSE),
                        part("within this run ", large, BaselineNotes::withinRun),
                        part("no difference shown in ", large, BaselineNotes::notShown))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "no change above 1 %" : all;
    }

    private static String part(String lead, List<Change> changes, Predicate<Change> which) {
        String each = changes.stream()
                .filter(which)
                .map(change -> change.name() + " " + change.text())
                .collect(Collectors.joining(", "));
        return each.isEmpty() ? "" : lead + each;
    }

    private static boolean notShown(Change change) {
        return change.kind() == Change.Kind.NOT_SHOWN
                || change.kind() == Change.Kind.UNKNOWN && change.runs() >= Change.RUNS_TO_CALL;
    }

    // A single number a run has no interval, and is told as it is.
    private static boolean withinRun(Change change) {
        return change.kind() == Change.Kind.WITHIN_RUN
                || change.kind() == Change.Kind.UNKNOWN && change.runs() < Change.RUNS_TO_CALL;
    }
}
