package dev.llmload.junit.run;

import dev.llmload.junit.declared.SourceFiles;
import dev.llmload.report.MethodComparison;
import dev.llmload.report.RunSummary;
import dev.llmload.report.console.LastLines;
import dev.llmload.report.console.SummaryTable;
import dev.llmload.report.console.Terminal;
import dev.llmload.report.file.AtomicFile;
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
        Terminal terminal = Terminal.ofProcess();
        out.print(terminal.coloursAtEnd().of(terminal.glyphs().of(Printable.lines(text.toString()))));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            SourceFiles sources =
                    new SourceFiles(Path.of(""), Optional.ofNullable(environment.get("GITHUB_WORKSPACE")));
            GithubAnnotations.render(run, sources::place).forEach(out::println);
        }
        out.flush();
        run.folders().forEach(folder -> verdict(folder, LastLines.file(run)));
        stepSummary(run);
    }

    private void verdict(Path folder, String text) {
        if (!Files.isDirectory(folder)) {
            return; // nothing could be written there, which has been said
        }
        try {
            AtomicFile.write(folder.resolve(LastLines.FILE), text);
        } catch (IOException e) {
            warn(LastLines.FILE + " of the run's folder", e);
        }
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
            warn("GITHUB_STEP_SUMMARY", e);
        }
    }

    // These are a service to the reader, and no reason to lose a run.
    private void warn(String file, IOException e) {
        console.get()
                .println("[llm-load] warning: " + file + " cannot be written: "
                        + Printable.line(String.valueOf(e.getMessage())));
    }
}
