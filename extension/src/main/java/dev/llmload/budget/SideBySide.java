package dev.llmload.budget;

import dev.llmload.budget.baseline.BaselineJudge;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Change;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two tests at the same level, number by number: two back ends, usually. Neither is called better where its measurement is
 * broken, where answers were of another length, or where no interval shows a difference. Immutable.
 *
 * @param first a judged level
 * @param second another of the same load
 * @param rows the numbers that at least one of them has
 * @param lengths why what depends on the lengths of prompts and answers is not compared; empty if it is
 */
public record SideBySide(LevelVerdict first, LevelVerdict second, List<Row> rows, String lengths) {
    /** Who is better. */
    public enum Winner {
        /** The first. */
        FIRST,
        /** The second. */
        SECOND,
        /** No difference is shown. */
        NONE,
        /** It cannot be told. */
        UNKNOWN
    }

    /**
     * One number.
     *
     * @param metric which metric
     * @param statistic which number of it, or none
     * @param change from the first to the second, where both have it
     * @param winner who is better
     * @param reason why that cannot be told; empty if it can
     */
    public record Row(Metric metric, Statistic statistic, Optional<Change> change, Winner winner, String reason) {}

    /** Copies the list. */
    public SideBySide {
        rows = List.copyOf(rows);
    }

    /**
     * Compares two levels, with all their runs.
     *
     * @param first a judged level
     * @param second another of the same load
     */
    public static SideBySide of(LevelVerdict first, LevelVerdict second) {
        List<BaselineRun> one = runs(first);
        List<BaselineRun> other = runs(second);
        String lengths = AnswerLengths.difference(one, other).orElse("").replace(" of the baseline", " of the first");
        List<Row> rows = Headline.ALL.stream()
                .filter(headline -> has(one, headline) || has(other, headline))
                .map(headline -> row(headline, first.result(), second.result(), one, other, !lengths.isEmpty()))
                .toList();
        return new SideBySide(first, second, rows, lengths);
    }

    private static Row row(
            Headline headline,
            LoadResult first,
            LoadResult second,
            List<BaselineRun> one,
            List<BaselineRun> other,
            boolean otherLengths) {
        Metric metric = headline.metric();
        Optional<Change> change =
                has(one, headline) && has(other, headline) ? change(headline, one, other) : Optional.empty();
        Optional<String> broken = Stream.of(first, second)
                .flatMap(result -> result.validity().stream())
                .filter(check -> !check.ok() && check.bias().containsKey(metric))
                .map(check -> check.check() + " (broken)")
                .findFirst();
        String reason = broken.orElse(
                otherLengths && BaselineJudge.OF_LENGTH.contains(metric)
                        ? "other lengths"
                        : !has(one, headline) || !has(other, headline) ? "not measured" : "");
        if (!reason.isEmpty()) {
            return new Row(metric, headline.statistic(), change, Winner.UNKNOWN, reason);
        }
        Winner winner = change.map(SideBySide::winner).orElseGet(() -> ofFailures(headline, one, other));
        return new Row(
                metric,
                headline.statistic(),
                change,
                winner,
                winner == Winner.UNKNOWN ? change.map(SideBySide::unknown).orElse("both fail") : "");
    }

    private static String unknown(Change change) {
        return change.kind() == Change.Kind.WITHIN_RUN
                ? "within this run"
                : "not known: " + CountText.of(change.runs(), "run");
    }

    private static Winner winner(Change change) {
        return switch (change.kind()) {
            case BETTER -> Winner.SECOND;
            case WORSE -> Winner.FIRST;
            case NOT_SHOWN -> Winner.NONE;
            case WITHIN_RUN -> Winner.UNKNOWN;
            case UNKNOWN -> change.before() == change.now() ? Winner.NONE : Winner.UNKNOWN;
        };
    }

    // A rank on a failed request is worse than any value.
    private static Winner ofFailures(Headline headline, List<BaselineRun> one, List<BaselineRun> other) {
        boolean first = Spread.of(one, headline.metric(), headline.statistic()).isPresent();
        boolean second =
                Spread.of(other, headline.metric(), headline.statistic()).isPresent();
        return first == second ? Winner.UNKNOWN : first ? Winner.FIRST : Winner.SECOND;
    }

    private static boolean has(List<BaselineRun> runs, Headline headline) {
        return runs.stream().allMatch(run -> run.has(headline.metric()));
    }

    private static Optional<Change> change(Headline headline, List<BaselineRun> one, List<BaselineRun> other) {
        return Change.of(one, other, headline.metric(), headline.statistic(), Intervals.CONFIDENCE);
    }

    /** Which level it is. */
    public Level level() {
        return first.result().level();
    }

    private static List<BaselineRun> runs(LevelVerdict level) {
        return level.runs().isEmpty()
                ? List.of(BaselineRun.of(level.result(), ""))
                : level.runs().stream()
                        .map(run -> BaselineRun.of(run.result(), ""))
                        .toList();
    }
}
