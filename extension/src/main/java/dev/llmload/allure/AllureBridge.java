package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Csv;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.RunRows;
import dev.llmload.report.ShortTables;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.report.page.LevelHtml;
import dev.llmload.report.picture.Pictures;
import dev.llmload.result.LoadResult;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.util.PropertiesUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands a run to Allure's life cycle; loaded only where Allure is. */
final class AllureBridge implements Bridge {
    private final AllureLifecycle lifecycle;
    private final Path results;
    private final boolean charts;
    private final EnvironmentFile environment;
    private final SeenLevels seen = new SeenLevels();

    AllureBridge(AllureLifecycle lifecycle, Path results, boolean charts) {
        this.lifecycle = lifecycle;
        this.results = results;
        this.charts = charts;
        this.environment = new EnvironmentFile(results);
    }

    static Bridge create(boolean charts) {
        String directory =
                PropertiesUtils.loadAllureProperties().getProperty("allure.results.directory", "allure-results");
        return new AllureBridge(Allure.getLifecycle(), Path.of(directory), charts);
    }

    @Override
    public void level(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases) throws IOException {
        Optional<String> open = lifecycle.getCurrentTestCase();
        if (open.isEmpty()) {
            return; // Allure is on the class path, but nothing reports to it
        }
        LoadResult result = level.result();
        Instant now = Instant.now();
        StableMessages.decided(open.get(), level);
        seen.add(level);
        lifecycle.updateTestCase(open.get(), test -> {
            Description.level(test, result.subject(), result.level());
            Description.remark(test, RunRows.sentence(level));
            outcome.besidesBudgets().forEach(cause -> Description.remark(test, cause.line()));
            test.getSteps().addAll(Steps.of(level, outcome, phases, now));
        });
        if (charts) {
            Pictures.of(level).forEach(picture -> attach(picture.title(), "image/svg+xml", ".svg", picture.svg()));
        }
        attach("Summary", "text/csv", ".csv", Csv.table(ShortTables.level(level)));
        seen.beside(result.subject().test(), result.level()).ifPresent(this::attachSideBySide);
        attach("Result page", "text/html", ".html", LevelHtml.render(level, outcome));
        attach("Result", "application/json", ".json", ResultsJson.render(level, outcome));
        PerfFile.write(results, result, now);
    }

    @Override
    public void sweep(TestReport test) {
        Optional<String> open = lifecycle.getCurrentTestCase();
        if (open.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        StableMessages.decided(open.get(), test);
        lifecycle.updateTestCase(open.get(), result -> {
            if (test.levels().isEmpty()) {
                result.setHistoryId(HistoryId.of(test.id(), "scaling"));
            } else {
                Description.sweep(result, test.levels().get(0).result().subject());
            }
            result.getSteps().addAll(Steps.of(test, now));
        });
        if (charts) {
            Pictures.of(test).forEach(picture -> attach(picture.title(), "image/svg+xml", ".svg", picture.svg()));
        }
        attach("Comparison", "text/csv", ".csv", Csv.table(ShortTables.comparison(test)));
        seen.beside(test.id()).ifPresent(this::attachSideBySide);
    }

    @Override
    public void trend(String svg) {
        if (lifecycle.getCurrentTestCase().isPresent()) {
            attach("Trend over the runs", "image/svg+xml", ".svg", svg);
        }
    }

    @Override
    public void environment(Map<String, String> entries) throws IOException {
        environment.merge(entries);
    }

    private void attachSideBySide(Table table) {
        attach("Side by side", "text/csv", ".csv", Csv.table(table));
    }

    private void attach(String name, String type, String extension, String text) {
        lifecycle.addAttachment(name, type, extension, text.getBytes(StandardCharsets.UTF_8));
    }
}
