package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.file.Metadata;
import dev.llmload.report.file.RunFolder;
import dev.llmload.result.JudgedBudget;
import dev.llmload.spi.LevelEnded;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import dev.llmload.spi.RunEnded;
import dev.llmload.spi.RunListener;
import dev.llmload.spi.Status;
import dev.llmload.spi.SweepEnded;
import dev.llmload.spi.TestPrepared;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a listener of the user's what happens, in the words of the public interface. */
public final class PluggedListener implements ReportListener {
    private final RunListener listener;
    private final RunRecord run;
    private final RunFolder folder;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * For one listener.
     *
     * @param listener of the user's
     * @param run what is known of it
     * @param folder of its files
     */
    public PluggedListener(RunListener listener, RunRecord run, RunFolder folder) {
        this.listener = listener;
        this.run = run;
        this.folder = folder;
    }

    @Override
    public void testPrepared(PreparedTest test) {
        Metadata.Test about = test.about();
        listener.prepared(new TestPrepared(
                about.id(),
                test.displayName(),
                test.levels(),
                about.endpoint(),
                about.model(),
                about.server(),
                test.simulated()));
    }

    @Override
    public void levelStarted(LevelStarted level) {
        listener.levelStarted(level);
    }

    @Override
    public void progress(LevelProgress progress) {
        listener.progress(progress);
    }

    @Override
    public void levelEnded(EndedLevel level) {
        listener.levelEnded(new LevelEnded(
                level.test().id(),
                level.level(),
                level.verdict().map(LevelVerdict::result),
                level.outcome().status(),
                level.verdict().map(verdict -> budgets(verdict.outcomes())).orElse(List.of()),
                causes(level.outcome())));
    }

    @Override
    public void sweepEnded(TestReport test, String name) {
        InvocationOutcome outcome = test.outcome(name);
        listener.sweepEnded(new SweepEnded(
                test.id(),
                name,
                test.levels().stream().map(LevelVerdict::result).toList(),
                outcome.status(),
                budgets(test.sweep()),
                causes(outcome)));
    }

    @Override
    public void runEnded() {
        if (ended.compareAndSet(false, true)) {
            Map<String, Status> tests = new LinkedHashMap<>();
            run.reports().forEach(test -> tests.put(test.id(), test.status()));
            listener.runEnded(new RunEnded(
                    run.facts().started(), folder.exists() ? Optional.of(folder.path()) : Optional.empty(), tests));
        }
    }

    private static List<String> causes(InvocationOutcome outcome) {
        return outcome.causes().stream().map(Cause::sentence).toList();
    }

    private static List<JudgedBudget> budgets(List<BudgetOutcome> outcomes) {
        return outcomes.stream().map(BudgetOutcome::view).toList();
    }

    @Override
    public String toString() {
        return "the listener " + listener.getClass().getName();
    }
}
