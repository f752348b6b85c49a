package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.Http;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at the server, and what a run says about its prompts. */
class PromptsOfARunTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path output;

    private final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();

    private Ran run(Class<?> testClass, String... keysAndValues) {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                if (request.method().equals("POST")) {
                    bodies.add(JSON.readTree(request.body()));
                    connection.send(Http.goodAnswer());
                } else {
                    connection.send(Http.json(404, "{\"detail\":\"Not Found\"}"));
                }
            }
        })) {
            String[] keys = java.util.Arrays.copyOf(keysAndValues, keysAndValues.length + 8);
            String[] more = {
                "llmload.url",
                server.url(),
                "llmload.model",
                "m",
                "llmload.endpoint.preflight",
                "false",
                "llmload.inconclusive",
                "warn"
            };
            System.arraycopy(more, 0, keys, keysAndValues.length, more.length);
            return LoadTestKit.run(testClass, output, keys);
        }
    }

    @Test
    void conversations_arriveAsTheirSystemMessageAndTheTurnsButSystemOnes() throws IOException {
        Ran ran = run(ConversationsTestCase.class, "llmload.load.warmup", "0");
        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        assertThat(bodies)
                .extracting(body -> body.get("messages"))
                .containsExactlyInAnyOrder(JSON.readTree("""
                                [
                                  {"role": "system", "content": "You are a helpful assistant."},
                                  {"role": "user", "content": "What is 2+2?"}
                                ]"""), JSON.readTree("""
                                [
                                  {"role": "system", "content": "You are a friendly chatbot."},
                                  {"role": "user", "content": "Hi!"},
                                  {"role": "assistant", "content": "Hello! How are you today?"},
                                  {"role": "user", "content": "I'm good. Can you help me with something?"},
                                  {"role": "assistant", "content": "Of course! What do you need help with?"},
                                  {"role": "user", "content": "I need recipe suggestions"}
                                ]"""), JSON.readTree("""
                                [
                                  {"role": "system", "content": "You are an expert software architect. Provide detailed technical advice."},
                                  {"role": "user", "content": "I'm building a microservices architecture..."},
                                  {"role": "assistant", "content": "Great! Let me help you design that..."},
                                  {"role": "user", "content": "What about database sharding?"},
                                  {"role": "assistant", "content": "Database sharding is an excellent strategy..."},
                                  {"role": "user", "content": "How do I handle distributed transactions?"}
                                ]"""));
        assertThat(bodies).allSatisfy(body -> {
            assertThat(body.get("model").asText()).isEqualTo("m");
            assertThat(body.get("max_tokens").asInt()).isEqualTo(512);
            assertThat(body.get("temperature").asDouble()).isEqualTo(0.7);
            assertThat(body.get("stream").asBoolean()).isTrue();
        });
    }

    @Test
    void lengths_areSaidOnceARun_andKept() throws IOException {
        Ran ran = run(TwiceTestCase.class, "llmload.load.warmup", "2");
        String said = "[llm-load] prompts: classpath:/prompts/conversations.json: 3 prompts; characters: mean 156,"
                + " median 159, range 40 to 268; words: mean 25.7, median 31, range 8 to 38";
        assertThat(ran.printed()).containsOnlyOnce(said);
        assertThat(ran.printed())
                .contains("[llm-load] prompts in tokens, as the server counted those of 2 warm-up requests: mean 7,"
                        + " median 7, range 7 to 7");
        JsonNode statistics =
                JSON.readTree(ran.file("metadata.json")).get("tests").get(0).get("prompt_statistics");
        assertThat(statistics.get("min_words").asInt()).isEqualTo(8);
        assertThat(statistics.get("mean_tokens").asDouble()).isEqualTo(7);
        assertThat(statistics.get("counted_in_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void severalSources_areSaidOneByOneWithTheirShares() {
        Ran ran = run(MixTestCase.class, "llmload.load.warmup", "0");
        assertThat(ran.printed())
                .contains("prompts: builtin:short, 75 % of the requests: ")
                .contains("prompts: builtin:long, 25 % of the requests: ")
                .doesNotContain("prompts in tokens");
    }

    @Test
    void dataSets_areReadFromTheServerAndIntoTheCacheOfTheKeys() throws IOException {
        String page =
                "{\"features\":[{\"name\":\"prompt\"}],\"rows\":[{\"row_idx\":0,\"row\":{\"prompt\":\"from the hub\"}}],"
                        + "\"num_rows_total\":1}";
        Path cache = output.resolve("cache");
        try (ScriptedServer hub = ScriptedServer.start(connection -> {
            while (true) {
                connection.request();
                connection.send(Http.json(200, page));
            }
        })) {
            Ran ran = run(
                    DataSetTestCase.class,
                    "llmload.load.warmup",
                    "0",
                    "llmload.hf.url",
                    hub.url(),
                    "llmload.hf.cache",
                    cache.toString(),
                    "llmload.output",
                    output.resolve("runs").toString());
            assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        }
        assertThat(cache).isDirectoryContaining("glob:**.jsonl");
        assertThat(bodies.peek().at("/messages/0/content").asText()).isEqualTo("from the hub");
    }

    @Test
    void lengthsOfMadeUpPrompts_arriveInEachRequest() {
        Ran ran = run(SyntheticTestCase.class, "llmload.load.warmup", "0");
        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        assertThat(bodies).isNotEmpty().allSatisfy(body -> {
            assertThat(body.get("max_tokens").asInt()).isEqualTo(9);
            assertThat(body.get("min_tokens").asInt()).isEqualTo(9);
            assertThat(body.get("ignore_eos").asBoolean()).isTrue();
        });
    }

    static class SyntheticTestCase {
        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(prompts = "synthetic:input=8,output=9,pin=true")
        void load() {}
    }

    static class DataSetTestCase {
        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(prompts = "hf:owner/data?config=default&split=train")
        void load() {}
    }

    static class ConversationsTestCase {
        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(maxTokens = 512, prompts = "classpath:/prompts/conversations.json")
        void load() {}
    }

    static class TwiceTestCase {
        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(prompts = "classpath:/prompts/conversations.json")
        void one() {}

        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(prompts = "classpath:/prompts/conversations.json")
        void other() {}
    }

    static class MixTestCase {
        @LlmLoad(concurrency = 1, requests = 2)
        @LlmRequest(prompts = "75% builtin:short, 25% builtin:long")
        void load() {}
    }
}
