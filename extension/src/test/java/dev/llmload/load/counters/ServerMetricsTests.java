package dev.llmload.load.counters;

import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.exposition.Exposition;
import dev.llmload.load.StopSignal;
import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What servers say of themselves, and what becomes of it when they do not. */
@Timeout(300)
class ServerMetricsTests {
    private static final String VLLM = """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="m"} %s
            # TYPE vllm:num_requests_waiting gauge
            vllm:num_requests_waiting{engine="0",model_name="m"} 0.0
            # TYPE vllm:generation_tokens_total counter
            vllm:generation_tokens_total{engine="0",model_name="m"} 1.2345e+04
            # TYPE vllm:request_success_total counter
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} 120.0
            vllm:request_success_total{engine="0",finished_reason="a } b",model_name="m"} 30.0 1732650000000
            vllm:request_success_created{engine="0",finished_reason="stop",model_name="m"} 1.73265e+09
            """;

    private static final ServerIdentity NOBODY = new ServerIdentity(Set.of(), Set.of());

    private final ServedModel model = ServedModel.of("m");
    private static final Function<ServerMetrics, Optional<ServerCounters>> LOOK =
            metrics -> ServerLook.at(metrics).counters();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Optional<ServerCounters> from(Function<Connection.Request, String> page, String path) {
        return from(page, path, ServerMetrics::read);
    }

    private Optional<ServerCounters> from(
            Function<Connection.Request, String> page,
            String path,
            Function<ServerMetrics, Optional<ServerCounters>> read) {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                seen.add(request.method() + " " + request.path());
                connection.send(page.apply(request));
            }
        })) {
            ApiUrl url = ApiUrl.parse(server.url() + path);
            try (LoopGroup loops = new LoopGroup(
                    url.chat(), Map.of("Authorization", "Bearer k"), Duration.ofSeconds(10), new ConnectionReuse())) {
                return read.apply(new ServerMetrics(loops::any, url, () -> model, new StopSignal()));
            }
        }
    }

    private static String text(String page) {
        return response(200, "text/plain; version=0.0.4; charset=utf-8", page);
    }

    private static ServerCounters read(String page) {
        return ServerCounters.of(Exposition.parse(page), ServedModel.of("m")).orElseThrow();
    }

    private static ServerCounters counters(double requests, double tokens, double active) {
        return new ServerCounters(
                "vLLM",
                new ServerIdentity(Set.of(), Set.of("0")),
                OptionalDouble.of(requests),
                OptionalDouble.of(tokens),
                OptionalDouble.of(active));
    }

    @Nested
    class OfEachEngine {
        @Test
        void vllm_isSummedOverReasons() {
            assertThat(read(VLLM.formatted("3.0"))).isEqualTo(counters(150, 12345, 3));
        }

        @Test
        void sglang_withColonsOrUnderscores() {
            ServerCounters expected = new ServerCounters(
                    "SGLang", NOBODY, OptionalDouble.of(5), OptionalDouble.of(50), OptionalDouble.of(3));
            String page = """
                    sglang:num_running_reqs{model_name="m"} 1
                    sglang:num_queue_reqs{model_name="m"} 2
                    sglang:num_requests_total{is_streaming="true"} 2
                    sglang:num_requests_total{is_streaming="false"} 3
                    sglang:generation_tokens_total{model_name="m"} 50
                    """;
            assertThat(read(page)).isEqualTo(expected);
            assertThat(read(page.replace("sglang:", "sglang_"))).isEqualTo(expected);
        }

        @Test
        void llamaCpp_countsNoRequests() {
            assertThat(read("""
                            llamacpp:tokens_predicted_total 42
                            llamacpp:requests_processing 1
                            llamacpp:requests_deferred 0
                            """))
                    .isEqualTo(new ServerCounters(
                            "llama.cpp", NOBODY, OptionalDouble.empty(), OptionalDouble.of(42), OptionalDouble.of(1)));
        }

        @Test
        void lmdeploy_andTensorRt() {
            assertThat(read("lmdeploy:request_success_total{finished_reason=\"FINISH\"} 7\n"))
                    .extracting(ServerCounters::engine, ServerCounters::requests, ServerCounters::active)
                    .containsExactly("LMDeploy", OptionalDouble.of(7), OptionalDouble.empty());
            assertThat(read("trtllm_request_success_total{finished_reason=\"stop\"} 8\n"))
                    .extracting(ServerCounters::engine, ServerCounters::requests)
                    .containsExactly("TensorRT-LLM", OptionalDouble.of(8));
        }

        @Test
        void aPageOfAnybodyElse_isNobodys() {
            assertThat(ServerCounters.of(Exposition.parse("""
                            process_cpu_seconds_total 12.5
                            vllm:request_success_total
                            vllm:request_success_total{unclosed="1 5
                            vllm:request_success_total NaN
                            vllm:request_success_total five
                            <html>{}</html>
                            """), ServedModel.of("m")))
                    .isEmpty();
        }
    }

    @Nested
    class OverTheWire {
        @Test
        void thePageIsAtTheRootOfTheServer_andTheKeyGoesWithIt() {
            List<String> keys = new CopyOnWriteArrayList<>();
            Optional<ServerCounters> found = from(
                    request -> {
                        keys.add(String.valueOf(request.header("authorization")));
                        return text(VLLM.formatted("0.0"));
                    },
                    "/v1/chat/completions");

            assertThat(found).hasValue(counters(150, 12345, 0));
            assertThat(seen).containsExactly("GET /metrics");
            assertThat(keys).containsExactly("Bearer k");
        }

        @Test
        void whereTheUsualPageIsJson_theOtherIsRead_andOnlyThatAgain() {
            Optional<ServerCounters> found = from(
                    request -> request.path().equals("/metrics")
                            ? json(200, "[]")
                            : text("trtllm_request_success_total{finished_reason=\"stop\"} 8\n"),
                    "/v1",
                    metrics -> {
                        metrics.read();
                        return metrics.read();
                    });

            assertThat(found.map(ServerCounters::engine)).hasValue("TensorRT-LLM");
            assertThat(seen).containsExactly("GET /metrics", "GET /prometheus/metrics", "GET /prometheus/metrics");
        }

        @Test
        void aServerWithoutOne_isAskedOnce() {
            Optional<ServerCounters> found = from(request -> json(404, "{}"), "/v1", metrics -> {
                assertThat(ServerLook.at(metrics).reason())
                        .isEqualTo("the server publishes no counters of its own that are known here");
                return ServerLook.at(metrics).counters();
            });

            assertThat(found).isEmpty();
            assertThat(seen).containsExactly("GET /metrics", "GET /prometheus/metrics");
        }

        @Test
        void aPageThatWasThereOnce_isAskedAgain() {
            AtomicInteger times = new AtomicInteger();
            Optional<ServerCounters> found = from(
                    request -> times.incrementAndGet() == 2 ? json(503, "{}") : text(VLLM.formatted("0.0")),
                    "/v1",
                    metrics -> {
                        metrics.read();
                        assertThat(metrics.read()).isEmpty();
                        return metrics.read();
                    });

            assertThat(found).hasValue(counters(150, 12345, 0));
            assertThat(seen).containsExactly("GET /metrics", "GET /metrics", "GET /metrics");
        }

        @Test
        void itWaitsUntilNothingIsInWork() {
            AtomicInteger running = new AtomicInteger(3);
            Optional<ServerCounters> found =
                    from(request -> text(VLLM.formatted(Math.max(0, running.decrementAndGet()))), "/v1", LOOK);

            assertThat(found).hasValue(counters(150, 12345, 0));
            assertThat(seen)
                    .as("three until it is idle, six to see whether it is one server")
                    .hasSize(9);
        }

        @Test
        void whereNobodySaysWhatIsInWork_twoLikeReadingsWillDo() {
            AtomicInteger done = new AtomicInteger();
            Optional<ServerCounters> found = from(
                    request -> text("lmdeploy:request_success_total " + Math.min(3, done.incrementAndGet()) + "\n"),
                    "/v1",
                    LOOK);

            assertThat(found.map(ServerCounters::requests)).hasValue(OptionalDouble.of(3));
            assertThat(seen).hasSize(10);
        }
    }

    @Nested
    class BelowAPrefix {
        private final ServedModel mine = ServedModel.of("m");

        private Optional<ServerCounters> below(String prefix, Map<String, String> pages, String url) {
            return from(
                    request -> pages.containsKey(request.path()) ? text(pages.get(request.path())) : json(404, "{}"),
                    prefix + url,
                    metrics -> {
                        Optional<ServerCounters> found = metrics.read();
                        reason = metrics.otherModel();
                        return found;
                    });
        }

        private String reason = "";

        @Test
        void theModelsOwnPageIsAskedFirst() {
            Optional<ServerCounters> found = below(
                    "/my-model",
                    Map.of("/my-model/metrics", page("prefix-my-model"), "/metrics", page("root-is-another-model")),
                    "/v1");

            assertThat(found.map(ServerCounters::requests)).hasValue(OptionalDouble.of(100));
            assertThat(seen).containsExactly("GET /my-model/metrics");
        }

        @Test
        void aPageOfAnotherModel_doesNotCount_andIsNamed() {
            Optional<ServerCounters> found =
                    below("/my-model", Map.of("/metrics", page("root-is-another-model")), "/v1/chat/completions");

            assertThat(found).isEmpty();
            assertThat(reason).isEqualTo("the counters at /metrics are those of other/model-7b, not of m");
            assertThat(seen)
                    .containsExactly(
                            "GET /my-model/metrics",
                            "GET /metrics",
                            "GET /my-model/prometheus/metrics",
                            "GET /prometheus/metrics");
        }

        @Test
        void thePageAtTheRoot_countsWhereItNamesTheModel() {
            assertThat(below("/a/b", Map.of("/metrics", page("prefix-my-model")), "/v1"))
                    .isPresent();
            assertThat(seen).containsExactly("GET /a/b/metrics", "GET /a/metrics", "GET /metrics");
        }

        @Test
        void thePageAtTheRoot_isAnybodysWhereItNamesNoModel() {
            assertThat(below("/a", Map.of("/metrics", "llamacpp:tokens_predicted_total 42\n"), "/v1"))
                    .isEmpty();
            assertThat(reason).isEqualTo("the counters at /metrics are of no named model, not of m");
            seen.clear();
            assertThat(below("", Map.of("/metrics", "llamacpp:tokens_predicted_total 42\n"), "/v1"))
                    .isPresent();
        }

        @Test
        void ofSeveralModelsOnAPage_oursCounts_andItsEnginesAreSummed() {
            String page = """
                    vllm:request_success_total{engine="0",model_name="m"} 5
                    vllm:request_success_total{engine="1",model_name="m"} 7
                    vllm:request_success_total{engine="0",model_name="other"} 100
                    vllm:num_requests_running{engine="0",model_name="other"} 3
                    vllm:num_requests_running{engine="1",model_name="m"} 0
                    vllm:request_success_total{engine="1",model_name="m"} 8
                    """;
            assertThat(ServerCounters.of(Exposition.parse(page), mine))
                    .hasValue(new ServerCounters(
                            "vLLM",
                            new ServerIdentity(Set.of(), Set.of("0", "1")),
                            OptionalDouble.of(13),
                            OptionalDouble.empty(),
                            OptionalDouble.of(0)));
        }
    }

    static String page(String name) {
        try (InputStream in = ServerMetricsTests.class.getResourceAsStream("/server-counters/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
