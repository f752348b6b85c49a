package dev.llmload.junit.run;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Looks;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.load.Sampling;
import dev.llmload.metric.SampleSoFar;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.function.Function;

/** Lets a level go on until its budgets are decided. Confined to the thread of the test. */
final class LevelSampling implements Sampling {
    private final Level level;
    private final Looks looks;
    private final Function<LoadResult, BaselineReference> baseline;

    LevelSampling(
            Level level, List<BudgetRule> budgets, int planned, Function<LoadResult, BaselineReference> baseline) {
        this.level = level;
        this.looks = new Looks(budgets, planned);
        this.baseline = baseline;
    }

    @Override
    public int wanted(List<RequestRecord> measured) {
        LoadResult soFar = SampleSoFar.of(level, measured, looks.metrics());
        return looks.wanted(soFar, baseline.apply(soFar));
    }

    /** The budgets, with the confidence that the last look leaves. */
    List<BudgetRule> budgets() {
        return looks.spent();
    }

    /** What the looks came to; empty if the planned requests were enough. */
    List<String> notes() {
        return looks.inWords().isEmpty() ? List.of() : List.of(looks.inWords());
    }
}
