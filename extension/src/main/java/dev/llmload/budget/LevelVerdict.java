package dev.llmload.budget;

import dev.llmload.budget.baseline.Change;
import dev.llmload.result.JudgedLevel;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A level and what its budgets came to. Immutable.
 *
 * @param result what was measured
 * @param outcomes one per budget that applies to the level, in their order
 * @param verdict the one that decides: FAIL over INCONCLUSIVE over NOT_MEASURED over PASS
 * @param runs all runs of the level in their order, the judged one among them; empty if there was one
 * @param changes how its headline numbers changed against the baseline; empty where there is nothing to compare with
 * @param attempts what each attempt came to, in order, where a build tool ran a failed level again; else empty
 */
public record LevelVerdict(
        LoadResult result,
        List<BudgetOutcome> outcomes,
        Verdict verdict,
        List<LevelRepeat> runs,
        List<Change> changes,
        List<Verdict> attempts) {
    /** Copies the lists. */
    public LevelVerdict {
        outcomes = List.copyOf(outcomes);
        runs = List.copyOf(runs);
        changes = List.copyOf(changes);
        attempts = List.copyOf(attempts);
    }

    /**
     * Of a level that was offered in one attempt.
     *
     * @param result what was measured
     * @param outcomes one per budget
     * @param verdict the one that decides
     * @param runs all runs of the level, or none
     * @param changes against the baseline, or none
     */
    public LevelVerdict(
            LoadResult result,
            List<BudgetOutcome> outcomes,
            Verdict verdict,
            List<LevelRepeat> runs,
            List<Change> changes) {
        this(result, outcomes, verdict, runs, changes, List.of());
    }

    /**
     * Of a level that ran once, and that is compared with nothing.
     *
     * @param result what was measured
     * @param outcomes one per budget
     * @param verdict the one that decides
     */
    public LevelVerdict(LoadResult result, List<BudgetOutcome> outcomes, Verdict verdict) {
        this(result, outcomes, verdict, List.of(), List.of());
    }

    /** The same of a level that ran several times. */
    public LevelVerdict of(List<LevelRepeat> all) {
        return new LevelVerdict(result, outcomes, verdict, all, changes, attempts);
    }

    /** The same with another verdict. */
    public LevelVerdict of(Verdict other) {
        return new LevelVerdict(result, outcomes, other, runs, changes, attempts);
    }

    /**
     * What the level comes to now that it was offered again: a failed attempt counts, whatever another one comes to; else the
     * later one does. A budget that holds at the second try may hold by luck.
     *
     * @param earlier what it came to before
     * @param failed whether that attempt failed, be it by a budget or by the test's own assertion
     */
    public LevelVerdict after(LevelVerdict earlier, boolean failed) {
        List<Verdict> all = new ArrayList<>(earlier.attempts.isEmpty() ? List.of(earlier.verdict) : earlier.attempts);
        if (failed && !all.contains(Verdict.FAIL)) {
            all.set(all.size() - 1, Verdict.FAIL);
        }
        all.add(verdict);
        LevelVerdict judged = earlier.verdict == Verdict.FAIL && verdict != Verdict.FAIL ? earlier : this;
        return new LevelVerdict(judged.result, judged.outcomes, judged.verdict, judged.runs, judged.changes, all);
    }

    /** Which attempt its numbers are of, from 1. */
    public int attempt() {
        int failed = attempts.lastIndexOf(Verdict.FAIL);
        return verdict == Verdict.FAIL && failed >= 0 ? failed + 1 : Math.max(1, attempts.size());
    }

    /** {@code attempt 1 FAIL, attempt 2 PASS: a failed attempt counts}; empty if there was one. */
    public String attemptsInWords() {
        if (attempts.isEmpty()) {
            return "";
        }
        String each = IntStream.range(0, attempts.size())
                .mapToObj(
                        i -> "attempt " + (i + 1) + " " + attempts.get(i).name().replace('_', ' '))
                .collect(Collectors.joining(", "));
        return each
                + (attempts.contains(Verdict.FAIL)
                        ? ": a failed attempt counts"
                        : ": the last one counts, as none failed");
    }

    /** As the test itself sees it. */
    public JudgedLevel view() {
        return new JudgedLevel(
                result, verdict, outcomes.stream().map(BudgetOutcome::view).toList());
    }

    /** Whether the level counts for the capacity: all its budgets hold, and at least 99 % of its requests succeed. */
    public boolean holds() {
        long ended = result.requests().attempted() - result.requests().cut();
        return verdict == Verdict.PASS && ended > 0 && result.requests().succeeded() * 100 >= ended * 99;
    }
}
