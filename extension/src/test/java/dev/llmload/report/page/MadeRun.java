package dev.llmload.report.page;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.Metadata;
import dev.llmload.report.file.RequestLog;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.result.Level;
import dev.llmload.result.request.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Runs that are made up, and the folders that they leave behind. */
final class MadeRun {
    static final String TEST = "com.acme.ChatReleaseTest#chat";
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

    private final Map<TestReport, List<MadeLevel>> tests = new LinkedHashMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private String model = "llama-3-8b";

    MadeRun model(String name) {
        model = name;
        return this;
    }

    /** A test of a level per number of users, one after the other. */
    MadeRun users(String id, String budgets, int requestsEach, UnaryOperator<MadeLevel> more, int... users) {
        List<Level> levels = new ArrayList<>();
        for (int each : users) {
            levels.add(Level.users(each));
        }
        return levels(id, budgets, requestsEach, more, levels);
    }

    MadeRun perSecond(String id, String budgets, int requestsEach, double... rates) {
        List<Level> levels = new ArrayList<>();
        for (double each : rates) {
            levels.add(Level.requestsPerSecond(each));
        }
        return levels(id, budgets, requestsEach, level -> level, levels);
    }

    private MadeRun levels(
            String id, String budgets, int requestsEach, UnaryOperator<MadeLevel> more, List<Level> levels) {
        List<MadeLevel> made = new ArrayList<>();
        List<LevelVerdict> judged = new ArrayList<>();
        double from = 3_000;
        for (Level level : levels) {
            MadeLevel each = more.apply(
                    MadeLevel.of(id, level, requestsEach).model(model).from(from));
            judged.add(each.judged(budgets));
            made.add(each);
            from = each.end() / 1e6 + 500;
        }
        tests.put(new TestReport(id, TestReport.shortName(id), judged, List.of()), made);
        return this;
    }

    /** As if so many releases had been measured before, each a little slower than the one before it. */
    MadeRun afterReleases(int count) {
        TestReport test = reports().get(0);
        for (LevelVerdict level : test.levels()) {
            for (int i = 0; i <= count; i++) {
                HistoryEntry now = HistoryEntry.of(
                        new HistoryEntry.Run(
                                "2026-" + (10 + i % 3) + "-0" + (1 + i % 9) + "T12:00:00Z",
                                "2026-r" + i,
                                "0123456789ab"),
                        level,
                        test.outcome(level));
                Map<String, Double> values = new LinkedHashMap<>(now.values());
                double earlier = 1 - 0.04 * (count - i);
                values.replaceAll((key, value) -> key.endsWith("_ms") ? value * earlier : value);
                history.add(new HistoryEntry(
                        now.run(),
                        now.test(),
                        now.level(),
                        now.model(),
                        false,
                        now.verdict(),
                        values,
                        now.budgets(),
                        now.causes()));
            }
        }
        return this;
    }

    List<TestReport> reports() {
        return List.copyOf(tests.keySet());
    }

    PageInput input() {
        return new PageInput(reports(), metadata(), Duration.ofMillis(192_400), history, PERCENTILES, true);
    }

    private Metadata metadata() {
        return new Metadata(
                Instant.parse("2026-11-26T12:00:00.250Z"),
                0,
                false,
                "2026-11",
                Map.of("llmload.url", "http://gpu-host:8000/v1", "llmload.request.maxTokens", "160"),
                Map.of("dtype", "float16"),
                Map.of("java", "17.0.15", "llm-load", "0.1.0"),
                Map.of("cpus", "2", "os", "Linux"),
                "0123456789abcdef0123456789abcdef01234567",
                reports().stream()
                        .map(test -> new Metadata.Test(
                                test.id(),
                                "http://gpu-host:8000/v1/chat/completions",
                                model,
                                "uvicorn",
                                "classpath:/prompts/chat.jsonl",
                                "9f86d081",
                                Map.of("count", 200),
                                Map.of("maxTokens", "160")))
                        .toList());
    }

    /** Writes results.json, metadata.json, requests.jsonl and the page. */
    void write(Path dir) throws IOException {
        Files.createDirectories(dir);
        ResultsJson.write(dir, reports(), false);
        metadata().write(dir);
        try (RequestLog log = new RequestLog(dir.resolve("requests.jsonl"), 0)) {
            int written = 0;
            for (Map.Entry<TestReport, List<MadeLevel>> test : tests.entrySet()) {
                for (int i = 0; i < test.getValue().size(); i++) {
                    String level =
                            test.getKey().levels().get(i).result().level().name();
                    for (RequestRecord record : test.getValue().get(i).records()) {
                        log.write(test.getKey().id(), level, 0, record);
                        pause(++written);
                    }
                }
            }
        }
        RunPage.write(dir, input());
    }

    // The log keeps what a load offers, not what a loop can make in a moment.
    private static void pause(int written) {
        if (written % 20_000 == 0) {
            try {
                Thread.sleep(400);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
