package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.baseline.BaselineFile;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A level that runs several times: all requests are judged together, each run is shown. */
class RepeatTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Ran run(String... keys) {
        List<String> all = new ArrayList<>(List.of("llmload.inconclusive", "warn"));
        all.addAll(List.of(keys));
        return LoadTestKit.run(RepeatedTestCase.class, folder.resolve("out"), all.toArray(String[]::new));
    }

    private static JsonNode level(Ran ran) throws IOException {
        return JSON.readTree(ran.file("results.json")).at("/tests/0/levels/0");
    }

    @Test
    void threeRuns_areShown_andJudgedTogether() throws IOException {
        Ran ran = run();

        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        JsonNode level = level(ran);
        JsonNode repeat = level.path("repeat");
        assertThat(repeat.path("runs").asInt()).isEqualTo(3);
        assertThat(repeat.path("timeline_of").asInt()).isBetween(1, 3);
        List<Double> medians = new ArrayList<>();
        repeat.path("each").forEach(each -> medians.add(each.path("ttft_p50_ms").asDouble()));
        assertThat(medians).hasSize(3);
        assertThat(level.at("/requests/attempted").asInt()).isEqualTo(60);
        assertThat(level.at("/ttft_ms/p50").asDouble()).isEqualTo(medianOfAll(ran));
        assertThat(repeat.at("/spread/ttft_p50_ms/min").asDouble())
                .isEqualTo(medians.stream().min(Double::compare).orElseThrow());
        assertThat(repeat.at("/spread/ttft_p50_ms/max").asDouble())
                .isEqualTo(medians.stream().max(Double::compare).orElseThrow());

        String sentence = "the requests of 3 runs are judged together";
        assertThat(ran.printed()).contains("RUNS         " + sentence).contains("lowest");
        assertThat(ran.file("summary.md"))
                .contains("2 users: " + sentence + ".")
                .contains("| highest |");
    }

    // Nearest rank of what requests.jsonl holds of the three windows.
    private static double medianOfAll(Ran ran) throws IOException {
        List<Long> ttft = new ArrayList<>();
        for (String line : ran.file("requests.jsonl").lines().toList()) {
            JsonNode request = JSON.readTree(line);
            if (request.has("repeat") && request.path("phase").asText().equals("window")) {
                ttft.add(request.path("first_token_ns").asLong()
                        - request.path("sent_ns").asLong());
            }
        }
        assertThat(ttft).hasSize(60);
        return ttft.stream().sorted().toList().get(29) / 1e6;
    }

    @Test
    void theLinesOfTheRuns_canBeToldApart_andEachHasPromptsOfItsOwn() throws IOException {
        Ran ran = run("llmload.request.prompts", "builtin:chat");

        Set<Integer> runs = new TreeSet<>();
        for (String line : ran.file("requests.jsonl").lines().toList()) {
            JsonNode request = JSON.readTree(line);
            assertThat(request.has("repeat"))
                    .isEqualTo(request.path("level").asText().equals("2 users"));
            runs.add(request.path("repeat").asInt());
        }
        assertThat(runs).containsExactly(0, 1, 2, 3);
        assertThat(level(ran).path("validity"))
                .anySatisfy(check -> assertThat(check.path("check").asText()).isEqualTo("runs are valid"));
        assertThat(level(ran).path("validity").toString()).contains("0 of 20 measured requests (0 %) repeat a prompt");
    }

    @Test
    void eachRunOfAnOpenLoop_hasArrivalsOfItsOwn() throws IOException {
        Ran ran = LoadTestKit.run(OpenTestCase.class, folder.resolve("open"), "llmload.inconclusive", "warn");

        Map<Integer, List<Long>> instants = new TreeMap<>();
        for (String line : ran.file("requests.jsonl").lines().toList()) {
            JsonNode request = JSON.readTree(line);
            if (request.has("repeat")) {
                instants.computeIfAbsent(request.path("repeat").asInt(), key -> new ArrayList<>())
                        .add(request.path("scheduled_ns").asLong());
            }
        }
        assertThat(instants).containsOnlyKeys(1, 2);
        assertThat(gaps(instants.get(1))).isNotEqualTo(gaps(instants.get(2)));
    }

    private static List<Long> gaps(List<Long> instants) {
        List<Long> sorted = instants.stream().sorted().toList();
        return IntStream.range(1, 10)
                .mapToObj(i -> sorted.get(i) - sorted.get(i - 1))
                .toList();
    }

    @Test
    void aLevelThatRunsOnce_saysNothingOfRuns() throws IOException {
        Ran ran = run("llmload.load.repeat", "1");

        assertThat(level(ran).has("repeat")).isFalse();
        assertThat(ran.file("requests.jsonl")).doesNotContain("\"repeat\"");
        assertThat(ran.printed()).doesNotContain("judged together");
    }

    @ParameterizedTest
    @CsvSource({"0, 'must be at least 1, but was 0'", "many, 'must be a whole number, but was `many`'"})
    void aNumberThatIsNone_isAMistake(String text, String rule) {
        assertThat(run("llmload.load.repeat", text).containerFailure())
                .hasMessageContaining("key `llmload.load.repeat`: " + rule);
    }

    @Test
    void aFailure_saysHowFarTheRunsAreApart() {
        Ran ran = run("llmload.budgets", "ttft p50 < 1 us");

        assertThat(ran.failureOf("2 users"))
                .hasMessageContaining("the requests of 3 runs are judged together; all runs: ttft p50 ");
    }

    @Test
    void aBaseline_keepsAllRuns() {
        Path file = folder.resolve("baseline.json");
        LoadTestKit.run(
                KeptTestCase.class,
                folder.resolve("kept"),
                "llmload.baseline.mode",
                "update",
                "llmload.baseline.file",
                file.toString());
        assertThat(BaselineFile.read(file).entries().get(0).runs()).hasSize(2);
    }

    static class RepeatedTestCase {
        @LlmLoad(concurrency = 2, requests = 20, repeat = 3)
        void load(LoadResult result) {
            assertThat(result.requests().attempted() % 20).isZero();
        }
    }

    static class OpenTestCase {
        @LlmLoad(requestsPerSecond = 60, requests = 30, repeat = 2)
        void load() {}
    }

    @Baseline
    static class KeptTestCase {
        @LlmLoad(concurrency = 2, requests = 30, repeat = 2)
        void load() {}
    }
}
