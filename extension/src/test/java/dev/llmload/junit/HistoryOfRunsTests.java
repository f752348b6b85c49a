package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run adds to the history, and what it shows of it. */
class HistoryOfRunsTests {
    @TempDir
    Path folder;

    private Ran run(String name, String... more) {
        List<String> keys = new ArrayList<>(List.of(
                "llmload.report.history", folder.resolve("history.jsonl").toString()));
        keys.addAll(List.of(more));
        return LoadTestKit.run(TwoLevelsTestCase.class, folder.resolve(name), keys.toArray(String[]::new));
    }

    @Test
    void everyRunAddsALinePerLevel_andFromTheSecondOnThereIsATrend() throws IOException {
        Ran first = run("first", "llmload.release", "2026-10", "llmload.report.charts", "true");
        Ran second = run("second", "llmload.release", "2026-11", "llmload.report.charts", "true");

        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("history.jsonl"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line ->
                        line.path("release").asText() + " " + line.path("level").asText() + " "
                                + line.path("verdict").asText() + " "
                                + line.path("simulated").asBoolean())
                .containsExactly(
                        "2026-10 1 user PASS true",
                        "2026-10 2 users PASS true",
                        "2026-11 1 user PASS true",
                        "2026-11 2 users PASS true");
        assertThat(lines)
                .extracting(line -> line.path("run").asText())
                .satisfies(runs -> assertThat(runs.stream().distinct()).hasSize(2));
        String trend = "charts/HistoryOfRunsTests.TwoLevelsTestCase.load-trend.svg";
        assertThat(first.folder().resolve(trend)).doesNotExist();
        assertThat(second.file(trend)).contains("against 2026-10", "2026-11", "SIMULATED");
    }

    @Test
    void off_keepsNone() {
        run("first", "llmload.report.history", "OFF");
        assertThat(folder.resolve("history.jsonl")).doesNotExist();
        assertThat(Path.of("off")).doesNotExist();
        assertThat(Path.of("OFF")).doesNotExist();
    }

    @Test
    void aHistoryThatCannotBeWritten_isAWarning() {
        Ran ran = run("first", "llmload.report.history", folder.toString());
        assertThat(ran.printed())
                .contains("[llm-load] warning: the history cannot be written to " + folder)
                .contains("(key llmload.report.history)");
        assertThat(ran.invocations())
                .containsExactly("1 user SUCCESSFUL", "2 users SUCCESSFUL", "scaling 1 → 2 users SUCCESSFUL");
    }

    static class TwoLevelsTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 10)
        void load(LoadResult result) {}
    }
}
