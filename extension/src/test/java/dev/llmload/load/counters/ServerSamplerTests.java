package dev.llmload.load.counters;

import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.metric.ServerLog;
import dev.llmload.metric.ServerValue;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads a page again and again, whatever its server does. */
@Timeout(300)
class ServerSamplerTests {
    private static final String PAGE =
            "vllm:num_requests_running{model_name=\"m\"} %d\nvllm:generation_tokens_total{model_name=\"m\"} 10\n";

    private final List<Connection.Request> seen = new CopyOnWriteArrayList<>();

    /** Until the server was asked so often; {@code answers} gives what the n-th one gets, from 0. */
    private ServerLog until(int times, Duration period, IntFunction<String> answers) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(times);
        AtomicInteger count = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                seen.add(connection.request());
                String answer = answers.apply(count.getAndIncrement());
                asked.countDown();
                connection.send(answer);
            }
        })) {
            ServerPage page = new ServerPage(
                    URI.create(server.url() + "/metrics"), Map.of("Authorization", "Bearer sk-1", "X-Tenant", "a"));
            ServerSampler sampler = ServerSampler.start(page, "vLLM", ServedModel.of("m"), period);
            assertThat(asked.await(200, TimeUnit.SECONDS)).isTrue();
            return sampler.end();
        }
    }

    private static String page(int running) {
        return response(200, "text/plain", PAGE.formatted(running));
    }

    @Test
    void onceAPeriod_andALastTime() throws InterruptedException {
        long begun = System.nanoTime();
        ServerLog log = until(3, Duration.ofMillis(1), ServerSamplerTests::page);

        assertThat(log.engine()).isEqualTo("vLLM");
        assertThat(log.missed()).isZero();
        assertThat(log.samples()).hasSizeGreaterThanOrEqualTo(4);
        for (int i = 0; i < log.samples().size(); i++) {
            assertThat(log.samples().get(i).of(ServerValue.RUNNING)).isEqualTo(i);
            assertThat(log.samples().get(i).nanos())
                    .isBetween(i == 0 ? begun : log.samples().get(i - 1).nanos(), System.nanoTime());
        }
    }

    @Test
    void withTheHeadersOfTheEndpoint() throws InterruptedException {
        until(1, Duration.ofMillis(1), ServerSamplerTests::page);
        assertThat(seen.get(0).path()).isEqualTo("/metrics");
        assertThat(seen.get(0).headers())
                .containsEntry("authorization", "Bearer sk-1")
                .containsEntry("x-tenant", "a")
                .containsEntry("accept-encoding", "identity");
    }

    @Test
    void aServerThatRefuses_isAskedThreeTimes() throws InterruptedException {
        ServerLog log = until(3, Duration.ofMillis(1), n -> response(503, "text/plain", "busy"));

        assertThat(log.samples()).isEmpty();
        assertThat(log.missed()).isEqualTo(3);
        assertThat(log.reason()).isEqualTo("it answered 503");
        assertThat(seen).hasSize(3);
    }

    @Test
    void oneThatRefusesNowAndThen_isAskedOn() throws InterruptedException {
        ServerLog log = until(6, Duration.ofMillis(1), n -> n % 3 == 2 ? page(n) : response(503, "text/plain", "busy"));
        assertThat(log.missed()).isGreaterThanOrEqualTo(4);
        assertThat(log.samples()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aPageOfAnotherModel_isAMiss() throws InterruptedException {
        ServerLog log = until(
                3,
                Duration.ofMillis(1),
                n -> response(200, "text/plain", PAGE.formatted(1).replace("\"m\"", "\"other\"")));
        assertThat(log.samples()).isEmpty();
        assertThat(log.reason()).isEqualTo("it had no number of m");
    }

    @Test
    void aServerThatIsGone_isAMiss() throws InterruptedException {
        URI gone;
        try (ScriptedServer server = ScriptedServer.start(connection -> {})) {
            gone = URI.create(server.url() + "/metrics");
        }
        ServerSampler sampler =
                ServerSampler.start(new ServerPage(gone, Map.of()), "vLLM", ServedModel.of("m"), Duration.ofMillis(1));
        ServerLog log = sampler.end();
        assertThat(log.samples()).isEmpty();
        assertThat(log.missed()).isPositive();
        assertThat(log.reason()).contains("refused");
    }
}
