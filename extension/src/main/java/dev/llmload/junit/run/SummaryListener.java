package dev.llmload.junit.run;

import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.report.console.PlanTable;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.report.file.GithubAnnotations;
import dev.llmload.report.file.SourceFiles;
import dev.llmload.report.file.StepSummary;
import dev.llmload.report.file.VerdictFile;
import dev.llmload.result.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.platform.launcher.TestPlan;

/**
 * At the end of a test plan with load tests in it, prints what they came to, once, whatever started them. In a GitHub
 * workflow it also annotates the code and appends to the job's summary. Found by JUnit through {@code META-INF/services}.
 */
public final class SummaryListener extends RunCollector {
    private final Supplier<ProgressPrinter> console;
    private final Map<String, String> environment;

    /** For JUnit. */
    public SummaryListener() {
        this(ProgressPrinter::forConsole, System.getenv());
    }

    SummaryListener(Supplier<ProgressPrinter> console, Map<String, String> environment) {
        this.console = console;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        super.testPlanExecutionFinished(plan);
        RunSummary run = summary();
        if (run.tests().isEmpty()) {
            return;
        }
        ProgressPrinter printer = console.get();
        for (PlanListener listener : listeners(printer)) {
            try {
                listener.planEnded(run);
            } catch (IOException | RuntimeException e) {
                printer.print("[llm-load] warning: " + listener + " cannot be written: "
                        + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    private List<PlanListener> listeners(ProgressPrinter printer) {
        List<PlanListener> listeners = new ArrayList<>(List.of(new PlanTable(printer)));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            SourceFiles sources =
                    new SourceFiles(Path.of(""), Optional.ofNullable(environment.get("GITHUB_WORKSPACE")));
            listeners.add(new GithubAnnotations(printer::command, sources::place));
        }
        listeners.add(new VerdictFile());
        String summary = environment.getOrDefault(StepSummary.GITHUB, "");
        if (!summary.isBlank()) {
            listeners.add(new StepSummary(Path.of(summary)));
        }
        return listeners;
    }
}
