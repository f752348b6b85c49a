package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The one sentence that a picture is there to show. */
public final class Findings {
    private static final List<Metric> DRAWN = List.of(Metric.TTFT, Metric.E2E, Metric.TPOT);

    private static final Comparator<BudgetOutcome> WORSE =
            Comparator.comparing(BudgetOutcome::verdict).thenComparingDouble(Findings::strain);

    private Findings() {}

    /** {@code TTFT p95 1620 ms breaks its budget of 1500 ms at 100 users}. */
    public static String latency(LevelVerdict level) {
        LoadResult result = level.result();
        RequestCounts requests = result.requests();
        String at = " at " + result.level().name();
        if (requests.succeeded() == 0) {
            return "No request succeeded" + at + ": " + requests.failed() + " of " + requests.attempted() + " failed";
        }
        Optional<BudgetOutcome> worst = worst(level, true)
                .filter(o -> o.verdict() == Verdict.FAIL)
                .or(() -> worst(level, false).filter(o -> o.verdict() == Verdict.FAIL))
                .or(() -> worst(level, true));
        if (worst.isEmpty()) {
            Distribution ttft = result.distribution(Metric.TTFT);
            OptionalDouble p95 = ttft.isRanked() ? ttft.ranked(Metric.TTFT, 95) : OptionalDouble.empty();
            return p95.isPresent()
                    ? "TTFT p95 " + Numbers.latency(p95.getAsDouble()) + at
                    : "Latency distribution" + at;
        }
        BudgetOutcome outcome = worst.get();
        BudgetLine line = BudgetLine.of(outcome, requests);
        String name = sentence(name(line));
        String limit = line.limit().replaceFirst("^[<>]=?\\s*", "");
        return switch (outcome.verdict()) {
            case FAIL ->
                outcome.actual().isPresent()
                        ? name + " " + line.value() + " breaks its budget of " + limit + at
                        : name + " breaks its budget of " + limit + at + ": it falls on a failed request";
            case INCONCLUSIVE -> name + " is inconclusive" + at;
            case NOT_MEASURED -> name + " was not measured" + at;
            case PASS -> name + " " + line.value() + " holds its budget of " + limit + at;
        };
    }

    /**
     * {@code Budgets hold up to 50 users; TTFT p95 breaks at 100 users}: the gravest level is named, the first of equals,
     * and where all levels hold, what else keeps the test from passing.
     */
    public static String sweep(TestReport test) {
        List<LevelVerdict> levels = test.levels();
        if (levels.isEmpty()) {
            return "No level was measured";
        }
        Verdict gravest = levels.stream().map(LevelVerdict::verdict).reduce(Verdict.PASS, Verdict::and);
        if (gravest == Verdict.PASS) {
            return holding(test);
        }
        LevelVerdict worst = levels.stream()
                .filter(level -> level.verdict() == gravest)
                .findFirst()
                .orElseThrow();
        int broken = (int) levels.stream()
                .takeWhile(level -> level.verdict() == Verdict.PASS)
                .count();
        String turn = turn(worst);
        return broken == 0
                ? sentence(turn)
                : "Budgets hold up to "
                        + levels.get(broken - 1).result().level().name() + "; " + turn;
    }

    private static String turn(LevelVerdict level) {
        String name = level.result().level().name();
        String what = worst(level, false)
                .filter(o -> o.verdict() == level.verdict())
                .map(o -> name(BudgetLine.of(o, level.result().requests())))
                .orElse("a budget");
        return switch (level.verdict()) {
            case FAIL -> what + " breaks at " + name;
            case INCONCLUSIVE -> what + " is inconclusive at " + name;
            default -> what + " was not measured at " + name;
        };
    }

    private static String holding(TestReport test) {
        List<LevelVerdict> levels = test.levels();
        String last = levels.get(levels.size() - 1).result().level().name();
        boolean budgets = levels.stream().anyMatch(l -> !l.outcomes().isEmpty());
        String levelsHold = levels.size() == 1
                ? (budgets ? "All budgets hold at " + last : "One level: " + last)
                : budgets ? "All budgets hold up to " + last : "Latency and throughput up to " + last;
        return RunOutcome.of(List.of(test)).wrong().stream()
                .filter(item -> item.outcome().status() != Status.SKIPPED)
                .findFirst()
                .map(item -> levelsHold + "; but " + item.outcome().status().words() + " at "
                        + (item.outcome().name().isEmpty()
                                ? "the test"
                                : item.outcome().name()))
                .orElse(levelsHold);
    }

    private static Optional<BudgetOutcome> worst(LevelVerdict level, boolean drawnOnly) {
        return level.outcomes().stream()
                .filter(o -> !drawnOnly || DRAWN.contains(o.budget().metric()))
                .reduce((a, b) -> WORSE.compare(b, a) > 0 ? b : a);
    }

    // How much of its limit a value uses up: above 1 for a broken one. Where there is no value, because the rank falls
    // on
    // a failed request, the success rate says more.
    private static double strain(BudgetOutcome outcome) {
        if (outcome.actual().isEmpty() || outcome.budget().ofBaseline()) {
            return 1;
        }
        double value = outcome.actual().getAsDouble();
        double limit = outcome.budget().limit();
        return outcome.budget().comparator().isUpperLimit() ? value / limit : limit / value;
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code TTFT p95}: the field's abbreviations in capitals, other words as sentences have them. */
    static String name(BudgetLine line) {
        String[] words = line.name().split(" ", 2);
        String metric = words[0];
        String shown = metric.length() <= 4 ? metric.toUpperCase(Locale.ROOT) : metric.replace('_', ' ');
        return words.length == 1 ? shown : shown + " " + words[1];
    }
}
