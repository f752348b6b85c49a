package dev.llmload.allure;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.LatencyChart;
import dev.llmload.report.LevelHtml;
import dev.llmload.report.ResultsJson;
import dev.llmload.report.ShortTables;
import dev.llmload.report.SweepChart;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.Verdict;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.util.PropertiesUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The only class that touches Allure; loaded only where Allure is. */
final class AllureBridge implements Bridge {
    private final AllureLifecycle lifecycle;
    private final Path results;

    AllureBridge(AllureLifecycle lifecycle, Path results) {
        this.lifecycle = lifecycle;
        this.results = results;
    }

    static Bridge create() {
        String directory =
                PropertiesUtils.loadAllureProperties().getProperty("allure.results.directory", "allure-results");
        return new AllureBridge(Allure.getLifecycle(), Path.of(directory));
    }

    @Override
    public void level(LevelVerdict level, List<PhaseSpan> phases) throws IOException {
        LoadResult result = level.result();
        Optional<String> open = lifecycle.getCurrentTestCase();
        if (open.isEmpty()) {
            return; // Allure is on the class path, but nothing reports to it
        }
        Subject subject = result.subject();
        lifecycle.updateTestCase(open.get(), test -> {
            test.setHistoryId(HistoryId.of(subject.test(), result.level().name()));
            describe(test, subject);
            parameter(test, "users", Integer.toString(result.level().concurrency()));
            steps(test, result, phases);
            level.outcomes().forEach(o -> test.getSteps().add(step(o, BudgetLine.of(o, result.requests()))));
        });
        attach("Latency distribution", "image/svg+xml", ".svg", LatencyChart.svg(level));
        attach("Summary", "text/csv", ".csv", ShortTables.level(level));
        attach("Result page", "text/html", ".html", LevelHtml.render(level));
        attach("Result", "application/json", ".json", ResultsJson.render(level));
        PerfFile.write(results, result, Instant.now());
    }

    @Override
    public void sweep(TestReport test) {
        Optional<String> open = lifecycle.getCurrentTestCase();
        if (open.isEmpty()) {
            return;
        }
        lifecycle.updateTestCase(open.get(), result -> {
            result.setHistoryId(HistoryId.of(test.id(), "scaling"));
            if (!test.levels().isEmpty()) {
                describe(result, test.levels().get(0).result().subject());
            }
            for (LevelVerdict level : test.levels()) {
                result.getSteps().add(step(level));
            }
            test.notRun()
                    .forEach(name -> result.getSteps()
                            .add(new StepResult().setName("not run: " + name).setStatus(Status.SKIPPED)));
            test.sweep().forEach(o -> result.getSteps().add(step(o, BudgetLine.of(o))));
        });
        attach("Latency and throughput by level", "image/svg+xml", ".svg", SweepChart.svg(test));
        attach("Comparison", "text/csv", ".csv", ShortTables.comparison(test));
    }

    @Override
    public void environment(Map<String, String> entries) throws IOException {
        EnvironmentFile.merge(results, entries);
    }

    private static void describe(TestResult test, Subject subject) {
        parameter(test, "model", subject.model());
        parameter(test, "endpoint", subject.endpoint());
        parameter(test, "simulated", Boolean.toString(subject.simulated()));
        label(test, "tag", "llm-load");
        label(test, "model", subject.model());
        if (subject.simulated()) {
            label(test, "tag", "simulated");
        }
    }

    private static void parameter(TestResult test, String name, String value) {
        test.getParameters().removeIf(p -> name.equals(p.getName()));
        test.getParameters().add(new Parameter().setName(name).setValue(value));
    }

    private static void label(TestResult test, String name, String value) {
        boolean there = test.getLabels().stream().anyMatch(l -> name.equals(l.getName()) && value.equals(l.getValue()));
        if (!there) {
            test.getLabels().add(new Label().setName(name).setValue(value));
        }
    }

    private static void steps(TestResult test, LoadResult result, List<PhaseSpan> phases) {
        List<PhaseSpan> known = new ArrayList<>(phases);
        if (known.isEmpty()) {
            Instant now = Instant.now();
            String name = result.window().kind().word() + " window, ended by "
                    + result.window().endedBy();
            known.add(new PhaseSpan(name, now.minus(result.window().length()), now));
        }
        for (PhaseSpan phase : known) {
            test.getSteps()
                    .add(new StepResult()
                            .setName(phase.name())
                            .setStatus(Status.PASSED)
                            .setStart(phase.start().toEpochMilli())
                            .setStop(phase.stop().toEpochMilli()));
        }
    }

    private static StepResult step(BudgetOutcome outcome, BudgetLine line) {
        StepResult step = new StepResult().setName(line.sentence()).setStatus(status(outcome.verdict()));
        return line.note().isEmpty() ? step : step.setStatusDetails(new StatusDetails().setMessage(line.note()));
    }

    private static StepResult step(LevelVerdict level) {
        LoadResult result = level.result();
        RequestCounts requests = result.requests();
        String throughput = result.throughput().isPresent()
                ? ", " + Math.round(result.throughput().value()) + " tok/s"
                : "";
        return new StepResult()
                .setName(result.level().name() + ": " + level.verdict().name().replace('_', ' ') + ", "
                        + requests.succeeded() + " of " + requests.attempted() + " successful" + throughput)
                .setStatus(status(level.verdict()));
    }

    private static Status status(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.FAILED;
            case INCONCLUSIVE -> Status.BROKEN;
            case NOT_MEASURED -> Status.SKIPPED;
        };
    }

    private void attach(String name, String type, String extension, String text) {
        lifecycle.addAttachment(name, type, extension, text.getBytes(StandardCharsets.UTF_8));
    }
}
