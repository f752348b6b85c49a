package dev.llmload.simulator;

import static dev.llmload.simulator.SimulatorClient.await;
import static dev.llmload.simulator.SimulatorClient.chat;
import static dev.llmload.simulator.SimulatorClient.chatBody;
import static dev.llmload.simulator.SimulatorClient.contents;
import static dev.llmload.simulator.SimulatorClient.get;
import static dev.llmload.simulator.SimulatorClient.json;
import static dev.llmload.simulator.SimulatorClient.payloads;
import static dev.llmload.simulator.SimulatorClient.post;
import static dev.llmload.simulator.SimulatorClient.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batching engine on the wire. */
class BatchServerTests {
    private static final String STREAM = "\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    private static Simulator start(String parameters) {
        String pace = parameters.contains("stepBase") ? "" : "&stepBase=2ms";
        return Simulator.start(SimulatorSettings.parse(
                "simulator:small?perSequence=0&tokens=6" + pace + (parameters.isEmpty() ? "" : "&" + parameters)));
    }

    private static String body(String prompt) {
        return "{\"model\":\"simulated-model\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}],"
                + STREAM + "}";
    }

    private static int cached(List<String> payloads) {
        return json(payloads.get(payloads.size() - 2))
                .at("/usage/prompt_tokens_details/cached_tokens")
                .asInt(-1);
    }

    /** The value of a metric, of which there must be one line. */
    private static double metric(Simulator simulator, String nameAndLabels) {
        List<String> lines = get(simulator, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels))
                .toList();
        assertThat(lines).as(nameAndLabels).hasSize(1);
        return Double.parseDouble(lines.get(0).substring(lines.get(0).lastIndexOf(' ')));
    }

    @Nested
    class Answers {
        @Test
        void aStream_hasTheSameShapeAsATimedOne() {
            try (Simulator simulator = start("")) {
                List<String> payloads = payloads(chat(simulator, STREAM));
                assertThat(payloads).hasSize(1 + 6 + 1 + 1 + 1);
                assertThat(contents(payloads)).hasSize(6);
                assertThat(json(payloads.get(7)).at("/choices/0/finish_reason").asText())
                        .isEqualTo("stop");
                assertThat(json(payloads.get(8)).at("/usage/completion_tokens").asInt())
                        .isEqualTo(6);
                assertThat(payloads.get(9)).isEqualTo("[DONE]");
                assertThat(simulator.stats().completed()).isEqualTo(1);
                assertThat(simulator.stats().ttftNanos()).hasSize(1);
                assertThat(simulator.stats().maxRunning()).isEqualTo(1);
            }
        }

        @Test
        void aWholeAnswer_comesWhenItsLastTokenIsThere() {
            try (Simulator simulator = start("")) {
                HttpResponse<String> response = chat(simulator, "\"max_tokens\":4");
                assertThat(json(response.body())
                                .at("/choices/0/message/content")
                                .asText()
                                .split(" "))
                        .hasSize(4);
                assertThat(json(response.body()).at("/usage/completion_tokens").asInt())
                        .isEqualTo(4);
                assertThat(metric(simulator, "vllm:generation_tokens_total")).isEqualTo(4);
            }
        }

        @Test
        void aStep_takesItsTime() {
            try (Simulator simulator = start("stepBase=20ms")) {
                long start = System.nanoTime();
                chat(simulator, STREAM);
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(6 * 20_000_000L);
            }
        }

        @Test
        void aSharedBeginning_isReportedAsCached() {
            String system = "You answer in one sentence. ".repeat(10); // 280 characters: four full blocks
            try (Simulator simulator = start("prefixCache=true")) {
                List<String> first = payloads(post(simulator, "/v1/chat/completions", body(system + "Why?")));
                List<String> second = payloads(post(simulator, "/v1/chat/completions", body(system + "How?")));
                assertThat(cached(first)).isZero();
                assertThat(cached(second)).isEqualTo(64);
                assertThat(metric(simulator, "vllm:prefix_cache_queries_total")).isEqualTo(2 * 71);
                assertThat(metric(simulator, "vllm:prefix_cache_hits_total")).isEqualTo(64);
                assertThat(metric(simulator, "vllm:prompt_tokens_total")).isEqualTo(2 * 71);
            }
        }

        private int cachedOf(Simulator simulator, String session, String prompt) {
            return cached(payloads(post(simulator, "/v1/chat/completions", body(prompt), "X-Session-ID", session)));
        }

        @Test
        void aSession_findsItsCache_whereReplicasAreSticky() {
            String history = "You answer in one sentence. ".repeat(10);
            try (Simulator simulator = start("replicas=2&stickyHeader=X-Session-ID")) {
                for (int turn = 0; turn < 4; turn++) {
                    assertThat(cachedOf(simulator, "a", history + turn)).isEqualTo(turn == 0 ? 0 : 64);
                }
                // "a" and "b" have neighbouring hashes: this is the other replica, which knows nothing of it.
                assertThat(cachedOf(simulator, "b", history)).isZero();
                assertThat(metric(
                                simulator, "vllm:prefix_cache_hits_total{model_name=\"simulated-model\",engine=\"1\"}"))
                        .isEqualTo(3 * 64);
                assertThat(metric(
                                simulator, "vllm:prefix_cache_hits_total{model_name=\"simulated-model\",engine=\"0\"}"))
                        .isZero();
                assertThat(simulator.gpu().devices()).hasSize(2);
            }
        }

        @Test
        void inTurns_everySecondRequestGoesToTheOther() {
            String history = "You answer in one sentence. ".repeat(10);
            try (Simulator simulator = start("replicas=2")) {
                List<Integer> cached = new ArrayList<>();
                for (int turn = 0; turn < 5; turn++) {
                    cached.add(cachedOf(simulator, "a", history + turn));
                }
                assertThat(cached).containsExactly(0, 0, 64, 64, 64);
            }
        }

        @Test
        void theContext_cutsTheAnswer_andRefusesAPromptThatFillsIt() {
            try (Simulator simulator = start("maxContext=40&stepTokens=64")) {
                List<String> cut = payloads(post(simulator, "/v1/chat/completions", body("x".repeat(144))));
                assertThat(contents(cut)).hasSize(4);
                assertThat(json(cut.get(5)).at("/choices/0/finish_reason").asText())
                        .isEqualTo("length");
                HttpResponse<String> refused = post(simulator, "/v1/chat/completions", body("x".repeat(160)));
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(json(refused.body()).at("/error/message").asText())
                        .isEqualTo("This model's maximum context length is 40 tokens. However, your request has 40"
                                + " input tokens (characters / 4). Please reduce the length of the input messages.");
            }
        }

        @Test
        void buffered_holdsEverythingBack() {
            try (Simulator simulator = start("buffered=true")) {
                assertThat(contents(payloads(chat(simulator, STREAM)))).hasSize(6);
            }
        }
    }

    @Nested
    class Metrics {
        @Test
        void theQueueAndTheBatch_areSeenWhileTheyLast() throws IOException {
            try (Simulator simulator = start("maxBatch=2&stepBase=1h")) {
                List<Socket> sockets = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    sockets.add(SimulatorClient.open(simulator, chatBody(STREAM)));
                }
                // The first one began a step alone, which takes an hour.
                await(() -> simulator.stats().queued() == 4);
                assertThat(metric(simulator, "vllm:num_requests_running{model_name=\"simulated-model\"}"))
                        .isEqualTo(1);
                assertThat(metric(simulator, "vllm:num_requests_waiting")).isEqualTo(4);
                assertThat(metric(simulator, "vllm:kv_cache_usage_perc")).isEqualTo(1 / 128.0);
                assertThat(metric(simulator, "vllm:gpu_cache_usage_perc")).isEqualTo(1 / 128.0);
                for (Socket socket : sockets) {
                    socket.close();
                }
                await(() ->
                        simulator.stats().running() == 0 && simulator.stats().queued() == 0);
            }
        }

        @Test
        void finishReasons_areCountedApart() {
            try (Simulator simulator = start("")) {
                chat(simulator, STREAM);
                chat(simulator, STREAM);
                chat(simulator, STREAM + ",\"max_tokens\":2");
                assertThat(metric(
                                simulator,
                                "vllm:request_success_total{model_name=\"simulated-model\",finished_reason=\"stop\"}"))
                        .isEqualTo(2);
                assertThat(
                                metric(
                                        simulator,
                                        "vllm:request_success_total{model_name=\"simulated-model\",finished_reason=\"length\"}"))
                        .isEqualTo(1);
                assertThat(metric(simulator, "vllm:num_preemptions_total")).isZero();
                assertThat(metric(simulator, "simulator:step_lateness_seconds_count"))
                        .isEqualTo(6 + 6 + 2);
            }
        }

        @Test
        void theyAreInPrometheusTextFormat_alsoWithoutAnEngine() {
            try (Simulator simulator =
                    Simulator.start(SimulatorSettings.parse("simulator:fast?tokens=3&model=a\"b\\c"))) {
                chat(simulator, "").body();
                HttpResponse<String> response = get(simulator, "/metrics");
                assertThat(response.headers().firstValue("Content-Type"))
                        .hasValue("text/plain; version=0.0.4; charset=utf-8");
                assertThat(response.body().lines())
                        .contains(
                                "# TYPE vllm:num_requests_running gauge",
                                "vllm:num_requests_running{model_name=\"a\\\"b\\\\c\"} 0",
                                "# TYPE vllm:generation_tokens_total counter")
                        .allMatch(line -> line.matches("# (HELP|TYPE) \\S+ .+|[a-z_:]+\\{.*\\} \\S+"));
                assertThat(response.body()).doesNotContain("cache");
            }
        }
    }

    @Nested
    class Faults {
        @ParameterizedTest
        @CsvSource({"truncateRate, 2, 3", "streamErrorRate, 2, 5", "emptyRate, 0, 4", "lateRate, 6, 10"})
        void brokenStreams_areBrokenAsEver(String rate, int tokens, int events) {
            try (Simulator simulator = start(rate + "=1&faultAfter=2&late=1ms")) {
                List<String> payloads = payloads(chat(simulator, STREAM));
                assertThat(contents(payloads)).hasSize(tokens);
                assertThat(payloads).hasSize(events);
                await(() -> simulator.stats().running() == 0);
                assertThat(simulator.stats().faults()).hasSize(1).containsValue(1L);
            }
        }

        @Test
        void reset_isATcpReset() throws IOException {
            try (Simulator simulator = start("resetRate=1&faultAfter=2");
                    Socket socket = SimulatorClient.open(simulator, chatBody(STREAM))) {
                assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
                assertThat(simulator.stats().faults()).isEqualTo(Map.of(Fault.RESET, 1L));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"stallRate", "stallFirstRate"})
        void aStall_holdsItsPlaceUntilTheClientGoes(String rate) throws IOException {
            try (Simulator simulator = start(rate + "=1&maxBatch=1")) {
                Socket first = SimulatorClient.open(simulator, chatBody(STREAM));
                readUntil(first, "assistant");
                await(() -> simulator.stats().running() == 1
                        && simulator.stats().faults().size() == 1);
                Socket second = SimulatorClient.open(simulator, chatBody(STREAM));
                await(() -> simulator.stats().queued() == 1);
                first.close();
                await(() -> simulator.stats().queued() == 0);
                assertThat(simulator.stats().running()).isEqualTo(1);
                second.close();
                await(() -> simulator.stats().running() == 0);
                assertThat(metric(simulator, "vllm:kv_cache_usage_perc")).isZero();
            }
        }
    }

    @Test
    void streamsTickTogether() throws Exception {
        try (Simulator simulator = start("maxBatch=8")) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread client = new Thread(() -> chat(simulator, STREAM));
                client.start();
                clients.add(client);
            }
            for (Thread client : clients) {
                client.join();
            }
            // 8 requests of 6 tokens: one by one they would have taken 48 steps.
            assertThat(simulator.stats().completed()).isEqualTo(8);
            assertThat(metric(simulator, "vllm:generation_tokens_total")).isEqualTo(48);
            assertThat(metric(simulator, "simulator:step_lateness_seconds_count"))
                    .isLessThanOrEqualTo(48);
        }
    }
}
