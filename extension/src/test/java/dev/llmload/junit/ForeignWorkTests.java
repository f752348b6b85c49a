package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else uses the server while it is loaded: its own counters tell. */
class ForeignWorkTests {
    private static final String CHECK = "the server did only our work";

    @TempDir
    Path output;

    private static JsonNode check(Ran ran) throws IOException {
        for (JsonNode check :
                new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0/validity")) {
            if (check.path("check").asText().equals(CHECK)) {
                return check;
            }
        }
        throw new AssertionError("not listed");
    }

    private Ran run(Simulator server) {
        return LoadTestKit.run(SharedTestCase.class, output, "llmload.url", server.url());
    }

    @Test
    void aServerOfOurOwn_isFound_toDoWhatWasSent() throws IOException {
        try (Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            JsonNode check = check(run(server));

            assertThat(check.path("ok").asBoolean()).isTrue();
            assertThat(check.path("detail").asText())
                    .matches("vLLM counts (\\d+) requests where \\1 were sent, (\\d+) output tokens where \\2 were"
                            + " received");
        }
    }

    @Test
    void somebodyElse_makesTooLittleThroughput_inconclusive() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            CountDownLatch answered = new CountDownLatch(1);
            Thread somebody = new Thread(() -> ask(server.url(), answered, over), "somebody else");
            somebody.start();
            // The first request loads the client's classes, which can take longer than the whole level.
            assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
            Ran ran;
            try {
                ran = run(server);
            } finally {
                over.set(true);
                somebody.join();
            }

            JsonNode check = check(ran);
            assertThat(check.path("ok").asBoolean()).as(check.toString()).isFalse();
            assertThat(check.path("detail").asText()).contains("somebody else used the server");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .hasMessageContaining("? throughput")
                    .hasMessageContaining(CHECK);
        }
    }

    private static void ask(String url, CountDownLatch answered, AtomicBoolean over) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"simulated-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
                .build();
        while (!over.get()) {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                answered.countDown();
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    static class SharedTestCase {
        @LlmLoad(concurrency = 2, requests = 120)
        @Budget("throughput >= 100000 tok/s")
        void load() {}
    }
}
