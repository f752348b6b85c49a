package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.llmload.junit.LoadTestKit.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a real run, key by key. */
class ResultsOfARunTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> DISTRIBUTIONS = List.of(
            "ttft_ms",
            "ttfo_ms",
            "ttfb_ms",
            "tpot_ms",
            "itl_ms",
            "e2e_ms",
            "stream_close_ms",
            "connect_ms",
            "dispatch_delay_ms",
            "request_speed_tok_s",
            "output_speed_tok_s");

    @TempDir
    Path output;

    @Test
    void resultsJson_holdsEveryKeyOfItsSchema_andAgreesWithTheRequestLog() throws IOException {
        Ran ran = LoadTestKit.run(
                TwoLevelsTestCase.class,
                output,
                "llmload.url",
                "simulator:fast?ttft=4ms&tpot=1ms&tokens=8&errorRate=10%");
        JsonNode root = JSON.readTree(ran.file("results.json"));

        assertThat(names(root)).containsExactly("schema", "simulated", "verdict", "tests");
        assertThat(root.get("schema").asText()).isEqualTo("llm-load/1");
        assertThat(root.get("simulated").isBoolean()).isTrue();
        assertThat(root.get("simulated").asBoolean()).isTrue();
        JsonNode test = root.get("tests").get(0);
        assertThat(names(test)).containsExactly("id", "verdict", "outcome", "levels", "scaling");
        assertThat(test.get("id").asText()).isEqualTo(TwoLevelsTestCase.class.getName() + "#load");
        assertThat(test.get("levels")).hasSize(2);
        for (JsonNode level : test.get("levels")) {
            hasTheKeysOfALevel(level);
            addsUp(level);
            budgetsAreWhole(level.get("budgets"));
            agreesWithTheLog(level, requests(ran));
        }
        assertThat(names(test.get("scaling"))).contains("steps");
        for (JsonNode level : test.get("levels")) {
            assertThat(ran.file("metrics.prom"))
                    .endsWith("# EOF\n")
                    .contains("llmload_requests{test=\"" + test.get("id").asText() + "\",level=\""
                            + level.get("name").asText()
                            + "\",model=\"simulated-model\",simulated=\"true\",outcome=\"OK\"} "
                            + level.get("requests").get("succeeded").asLong() + "\n");
        }
    }

    @Test
    void metadataJson_saysWhatTheRunWasMadeOf() throws IOException {
        Ran ran = LoadTestKit.run(TwoLevelsTestCase.class, output, "llmload.label.dtype", "fp16");
        JsonNode metadata = JSON.readTree(ran.file("metadata.json"));

        assertThat(names(metadata))
                .contains("started_at", "simulated", "configuration", "labels", "versions", "host", "tests");
        assertThat(metadata.get("configuration").get("llmload.load.warmup").asText())
                .isEqualTo("2");
        JsonNode test = metadata.get("tests").get(0);
        assertThat(names(test))
                .contains("id", "endpoint", "model", "server", "prompts", "prompts_sha256", "prompt_statistics");
        assertThat(test.get("model").asText()).isEqualTo("simulated-model");
        assertThat(test.get("prompt_statistics").get("count").asInt()).isPositive();
    }

    @Test
    void budgetsFromItsValues_arePrintedOnRequest() {
        assertThat(LoadTestKit.run(TwoLevelsTestCase.class, output, "llmload.suggest", "true")
                        .printed())
                .contains("Suggested budgets of ", "which are SIMULATED")
                .containsPattern("@Budget\\(value = \"ttft p95 < \\S+ ms\", at = \"\\d users?\"\\)");
        assertThat(LoadTestKit.run(TwoLevelsTestCase.class, output).printed()).doesNotContain("Suggested budgets");
    }

    private static void hasTheKeysOfALevel(JsonNode level) {
        is(
                level,
                Map.of(
                        "name", JsonNodeType.STRING,
                        "verdict", JsonNodeType.STRING,
                        "load", JsonNodeType.OBJECT,
                        "window_s", JsonNodeType.NUMBER,
                        "whole_run_s", JsonNodeType.NUMBER,
                        "window", JsonNodeType.STRING,
                        "requests", JsonNodeType.OBJECT,
                        "tokens", JsonNodeType.OBJECT,
                        "budgets", JsonNodeType.ARRAY,
                        "validity", JsonNodeType.ARRAY));
        for (String number : List.of(
                "in_flight_mean", "success_rate", "request_rate", "throughput_tok_s", "total_throughput_tok_s")) {
            assertThat(level.get(number).isNumber()).as(number).isTrue();
        }
        assertThat(names(level)).containsAll(DISTRIBUTIONS);
        for (String name : DISTRIBUTIONS) {
            JsonNode values = level.get(name);
            JsonNode successes = values.has("failed") ? values.get("of_successes") : values;
            List<String> statistics = List.of("mean", "min", "p50", "p90", "p95", "p99", "max");
            assertThat(names(values))
                    .as(name)
                    .startsWith("count")
                    .containsAll(statistics)
                    .endsWith("histogram");
            assertThat(names(successes)).as(name).containsAll(statistics);
            assertThat(successes.get("min").asDouble())
                    .as(name)
                    .isLessThanOrEqualTo(successes.get("p50").asDouble());
            assertThat(successes.get("p99").asDouble())
                    .as(name)
                    .isLessThanOrEqualTo(successes.get("max").asDouble());
            if (values.has("failed")) {
                // failed requests rank above every latency and below every speed
                assertThat(values.get(name.endsWith("_ms") ? "max" : "min").asText())
                        .as(name)
                        .isEqualTo("failed");
            }
        }
        assertThat(level.get("load").toString())
                .isEqualTo("{\"kind\":\"closed\",\"concurrency\":"
                        + level.get("name").asText().charAt(0) + "}");
        // The simulator has no GPU here, and nobody declared a price: such keys are left out, not 0.
        assertThat(names(level)).doesNotContain("gpu", "cost", "efficiency");
    }

    private static void addsUp(JsonNode level) {
        JsonNode counts = level.get("requests");
        assertThat(names(counts))
                .containsExactly(
                        "attempted", "succeeded", "cut", "stale_connections", "failures", "status", "finish_reasons");
        long attempted = counts.get("attempted").asLong();
        long succeeded = counts.get("succeeded").asLong();
        long failed = counts.get("failures").get("HTTP_5XX").asLong();
        assertThat(attempted).isEqualTo(succeeded + failed);
        assertThat(counts.get("cut").asLong()).isZero();
        assertThat(counts.get("status").toString()).isEqualTo("{\"500\":" + failed + "}");
        long finished = 0;
        for (JsonNode count : counts.get("finish_reasons")) {
            finished += count.asLong();
        }
        assertThat(finished).isEqualTo(succeeded);
        // Ratios are fractions, distributions hold the successes.
        assertThat(level.get("success_rate").asDouble()).isCloseTo((double) succeeded / attempted, offset(1e-8));
        assertThat(level.get("ttft_ms").get("count").asLong()).isEqualTo(succeeded);
        assertThat(level.get("tokens").get("output").asLong()).isEqualTo(8 * succeeded);
    }

    private static void budgetsAreWhole(JsonNode budgets) {
        assertThat(budgets).hasSize(3);
        for (JsonNode budget : budgets) {
            assertThat(names(budget)).contains("budget", "source", "verdict", "limit", "unit", "reason");
            assertThat(budget.get("limit").isNumber()).isTrue();
        }
        JsonNode ttft = budgets.get(0);
        assertThat(ttft.get("budget").asText()).isEqualTo("ttft p50 < 10 s");
        assertThat(ttft.get("source").asText()).isEqualTo("class TwoLevelsTestCase");
        assertThat(ttft.get("unit").asText()).isEqualTo("s");
        assertThat(ttft.get("actual").asDouble()).isBetween(0.0, 10.0);
        assertThat(ttft.get("interval")).hasSize(2);
        JsonNode success = budgets.get(1);
        assertThat(success.get("budget").asText()).isEqualTo("success_rate >= 50 %");
        assertThat(success.get("source").asText()).isEqualTo("method");
        assertThat(success.get("unit").asText()).isEqualTo("%");
        // One request in ten fails, and a failed one ranks above every value.
        JsonNode tail = budgets.get(2);
        assertThat(tail.get("budget").asText()).isEqualTo("e2e p99 < 10 s");
        assertThat(tail.has("actual")).isTrue();
        assertThat(tail.get("actual").isNull()).isTrue();
        assertThat(tail.get("verdict").asText()).isEqualTo("FAIL");
    }

    private static void agreesWithTheLog(JsonNode level, List<JsonNode> requests) {
        assertThat(level.get("window").asText()).isEqualTo("steady");
        List<JsonNode> sample = requests.stream()
                .filter(request ->
                        request.get("level").asText().equals(level.get("name").asText()))
                .filter(request -> request.get("phase").asText().equals("window"))
                .toList();
        assertThat(sample).hasSize(level.get("requests").get("attempted").asInt());
        assertThat(sample.stream()
                        .filter(request -> request.get("outcome").asText().equals("OK")))
                .hasSize(level.get("requests").get("succeeded").asInt());
        List<Double> ttft = sample.stream()
                .filter(request -> request.get("outcome").asText().equals("OK"))
                .map(request -> (request.get("first_token_ns").asLong()
                                - request.get("sent_ns").asLong())
                        / 1e6)
                .sorted()
                .toList();
        assertThat(level.get("ttft_ms").get("min").asDouble()).isCloseTo(ttft.get(0), offset(1e-6));
        assertThat(level.at("/ttft_ms/of_successes/p95").asDouble())
                .isCloseTo(ttft.get((int) Math.ceil(0.95 * ttft.size()) - 1), offset(1e-6));
        assertThat(level.at("/ttft_ms/p50").asDouble())
                .isCloseTo(ttft.get((int) Math.ceil(0.5 * sample.size()) - 1), offset(1e-6));
        assertThat(level.at("/ttft_ms/failed").asLong())
                .isEqualTo(sample.size() - ttft.size())
                .isPositive();
    }

    private static List<JsonNode> requests(Ran ran) throws IOException {
        List<JsonNode> requests = new ArrayList<>();
        for (String line : ran.file("requests.jsonl").lines().toList()) {
            requests.add(JSON.readTree(line));
        }
        return requests;
    }

    private static void is(JsonNode node, Map<String, JsonNodeType> types) {
        types.forEach((name, type) ->
                assertThat(node.path(name).getNodeType()).as(name).isEqualTo(type));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Budget("ttft p50 < 10 s")
    static class TwoLevelsTestCase {
        @LlmLoad(
                concurrency = {1, 3},
                requests = 120)
        @Budget("success_rate >= 50%")
        @Budget("e2e p99 < 10 s")
        void load() {}
    }
}
