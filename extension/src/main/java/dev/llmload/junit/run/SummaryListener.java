package dev.llmload.junit.run;

import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.report.console.PlanTable;
import dev.llmload.report.file.GithubAnnotations;
import dev.llmload.report.file.SourceFiles;
import dev.llmload.report.file.StepSummary;
import dev.llmload.report.file.VerdictFile;
import dev.llmload.result.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * At the end of a test plan with load tests in it, prints what they came to, once, whatever started them. In a GitHub
 * workflow it also annotates the code and appends to the job's summary. Found by JUnit through {@code META-INF/services}.
 */
public final class SummaryListener implements TestExecutionListener {
    private final RunCollector collector = new RunCollector();
    private final Supplier<PrintStream> console;
    private final Map<String, String> environment;

    /** For JUnit. */
    public SummaryListener() {
        this(() -> System.out, System.getenv());
    }

    SummaryListener(Supplier<PrintStream> console, Map<String, String> environment) {
        this.console = console;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        collector.testPlanExecutionStarted(plan);
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        collector.executionSkipped(identifier, reason);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        collector.executionFinished(identifier, result);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        collector.testPlanExecutionFinished(plan);
        RunSummary run = collector.summary();
        if (run.tests().isEmpty()) {
            return;
        }
        for (PlanListener listener : listeners(console.get())) {
            try {
                listener.planEnded(run);
            } catch (IOException | RuntimeException e) {
                console.get()
                        .println("[llm-load] warning: " + listener + " cannot be written: "
                                + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    private List<PlanListener> listeners(PrintStream out) {
        List<PlanListener> listeners = new ArrayList<>(List.of(new PlanTable(out)));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            SourceFiles sources =
                    new SourceFiles(Path.of(""), Optional.ofNullable(environment.get("GITHUB_WORKSPACE")));
            listeners.add(new GithubAnnotations(out, sources::place));
        }
        listeners.add(new VerdictFile());
        String summary = environment.getOrDefault(StepSummary.GITHUB, "");
        if (!summary.isBlank()) {
            listeners.add(new StepSummary(Path.of(summary)));
        }
        return listeners;
    }
}
