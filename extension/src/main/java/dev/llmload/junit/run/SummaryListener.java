package dev.llmload.junit.run;

import dev.llmload.junit.declared.SourceFiles;
import dev.llmload.report.MethodComparison;
import dev.llmload.report.RunSummary;
import dev.llmload.report.console.Glyphs;
import dev.llmload.report.console.LastLines;
import dev.llmload.report.console.SummaryTable;
import dev.llmload.report.file.GithubAnnotations;
import dev.llmload.report.file.StepSummary;
import dev.llmload.result.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        StringBuilder text = new StringBuilder();
        MethodComparison.of(run.tests().stream()
                        .flatMap(test -> test.report().stream())
                        .toList())
                .forEach(comparison -> text.append(comparison.console()));
        text.append(run.nothingRan() ? SummaryTable.nothingRan(run) : SummaryTable.render(run));
        LastLines.of(run).forEach(line -> text.append(line).append('\n'));
        PrintStream out = console.get();
        out.print(Glyphs.ofConsole().of(Printable.lines(text.toString())));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            SourceFiles sources =
                    new SourceFiles(Path.of(""), Optional.ofNullable(environment.get("GITHUB_WORKSPACE")));
            GithubAnnotations.render(run, sources::place).forEach(out::println);
        }
        out.flush();
        stepSummary(run);
    }

    private void stepSummary(RunSummary run) {
        String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (file.isBlank()) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(file), StepSummary.render(run), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A summary is a service to the reader, and no reason to lose a run.
            console.get()
                    .println("[llm-load] warning: GITHUB_STEP_SUMMARY cannot be written: "
                            + Printable.line(String.valueOf(e.getMessage())));
        }
    }
}
