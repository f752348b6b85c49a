package dev.llmload.simulator;

import static dev.llmload.simulator.SimulatorClient.chat;
import static dev.llmload.simulator.SimulatorClient.chatBody;
import static dev.llmload.simulator.SimulatorClient.contents;
import static dev.llmload.simulator.SimulatorClient.get;
import static dev.llmload.simulator.SimulatorClient.json;
import static dev.llmload.simulator.SimulatorClient.payloads;
import static dev.llmload.simulator.SimulatorClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorApiTests {
    private Simulator simulator = start("simulator:fast?tokens=5");

    private static Simulator start(String spec) {
        return Simulator.start(SimulatorSettings.parse(spec));
    }

    private void restart(String spec) {
        simulator.close();
        simulator = start(spec);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Nested
    class Streams {
        @Test
        void chat_isRoleThenATokenPerChunkThenFinishThenDone() {
            HttpResponse<String> response = chat(simulator, "\"stream\":true");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(response.headers().firstValue("Server")).hasValue("llm-load-simulator");
            List<String> payloads = payloads(response);
            assertThat(payloads).hasSize(1 + 5 + 1 + 1);
            JsonNode role = json(payloads.get(0));
            assertThat(role.at("/choices/0/delta").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
            assertThat(role.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(role.path("model").asText()).isEqualTo("simulated-model");
            assertThat(contents(payloads)).hasSize(5).doesNotContain("");
            assertThat(payloads.subList(1, 6))
                    .allMatch(p -> json(p).at("/choices/0/finish_reason").isNull());
            assertThat(json(payloads.get(6)).at("/choices/0/finish_reason").asText())
                    .isEqualTo("stop");
            assertThat(payloads.get(7)).isEqualTo("[DONE]");
        }

        @Test
        void usage_comesInAChunkWithoutChoices_onlyWhenAskedFor() {
            List<String> asked =
                    payloads(chat(simulator, "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
            assertThat(asked).hasSize(9);
            JsonNode chunk = json(asked.get(7));
            assertThat(chunk.path("choices").isArray()).isTrue();
            assertThat(chunk.path("choices")).isEmpty();
            assertThat(chunk.path("usage").toString())
                    .isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":8,\"completion_tokens\":5,"
                            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}");
            assertThat(asked.subList(0, 7)).noneMatch(p -> json(p).has("usage"));
            assertThat(chat(simulator, "\"stream\":true").body()).doesNotContain("usage");
            assertThat(chat(simulator, "\"stream\":true,\"stream_options\":{\"include_usage\":false}")
                            .body())
                    .doesNotContain("usage");
        }

        @Test
        void textCompletions_haveTextAndNoRole() {
            List<String> payloads = payloads(post(
                    simulator,
                    "/v1/completions",
                    "{\"model\":\"simulated-model\",\"prompt\":\"hello\",\"stream\":true}"));
            assertThat(payloads).hasSize(5 + 1 + 1);
            assertThat(json(payloads.get(0)).path("object").asText()).isEqualTo("text_completion");
            assertThat(payloads.subList(0, 5))
                    .allMatch(p -> !json(p).at("/choices/0/text").asText().isEmpty());
            assertThat(json(payloads.get(5)).at("/choices/0/text").asText("-")).isEmpty();
            assertThat(json(payloads.get(5)).at("/choices/0/finish_reason").asText())
                    .isEqualTo("stop");
        }

        @ParameterizedTest
        @CsvSource({
            "'\"max_tokens\":3', 3, length",
            "'\"max_completion_tokens\":2,\"max_tokens\":4', 2, length",
            "'\"max_tokens\":9', 5, stop",
            "'\"max_tokens\":9,\"ignore_eos\":true', 9, length",
            "'\"max_tokens\":9,\"min_tokens\":7', 7, stop",
            "'\"max_tokens\":null', 5, stop"
        })
        void limits_setLengthAndFinishReason(String fields, int tokens, String reason) {
            List<String> payloads = payloads(chat(simulator, "\"stream\":true," + fields));
            assertThat(contents(payloads)).hasSize(tokens);
            assertThat(json(payloads.get(payloads.size() - 2))
                            .at("/choices/0/finish_reason")
                            .asText())
                    .isEqualTo(reason);
        }

        @Test
        void tokensPerChunk_sharesTheTokensOutOverFewerEvents() {
            restart("simulator:fast?tokens=7&tokensPerChunk=3");
            List<String> payloads =
                    payloads(chat(simulator, "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
            assertThat(contents(payloads)).hasSize(3).last().asString().matches(" \\w+");
            assertThat(json(payloads.get(payloads.size() - 2))
                            .at("/usage/completion_tokens")
                            .asInt())
                    .isEqualTo(7);
        }

        @Test
        void lengths_fillTheirRange() {
            restart("simulator:fast?tokens=1..4&ttft=0&tpot=0");
            List<Integer> lengths = java.util.stream.IntStream.range(0, 60)
                    .mapToObj(i -> contents(payloads(chat(simulator, "\"stream\":true")))
                            .size())
                    .toList();
            assertThat(lengths).contains(1, 2, 3, 4).allMatch(n -> n >= 1 && n <= 4);
        }
    }

    @Nested
    class Whole {
        @Test
        void chat_isOneObjectWithUsage() {
            JsonNode answer = json(chat(simulator, "\"max_tokens\":2").body());
            assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
            assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
            assertThat(answer.at("/choices/0/message/content").asText()).matches("\\w+ \\w+");
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
            assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        }

        @Test
        void textCompletion_isOneObjectWithUsage() {
            JsonNode answer = json(
                    post(simulator, "/v1/completions", "{\"model\":\"simulated-model\",\"prompt\":[\"ab\",\"cde\"]}")
                            .body());
            assertThat(answer.path("object").asText()).isEqualTo("text_completion");
            assertThat(answer.at("/choices/0/text").asText().split(" ")).hasSize(5);
            assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
        }
    }

    @Nested
    class Around {
        @Test
        void models_listsTheOneModel() {
            restart("simulator?model=llama-3-8b");
            JsonNode models = json(get(simulator, "/v1/models").body());
            assertThat(models.path("data")).hasSize(1);
            assertThat(models.at("/data/0/id").asText()).isEqualTo("llama-3-8b");
        }

        @Test
        void health_isOk() {
            assertThat(get(simulator, "/health").statusCode()).isEqualTo(200);
        }

        @Test
        void unknownPath_is404ThatNamesThePaths() {
            HttpResponse<String> response = post(simulator, "/v2/chat/completions", "{}");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response.body()).at("/error/message").asText())
                    .isEqualTo("no such path: /v2/chat/completions; this simulator serves /v1/chat/completions,"
                            + " /v1/completions, /v1/models, /health and /metrics");
        }

        @Test
        void wrongMethod_is405() {
            HttpResponse<String> response = get(simulator, "/v1/chat/completions");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        }

        @Test
        void unknownModel_is404_unlessAnyIsAccepted() {
            String body = "{\"model\":\"gpt\\\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
            HttpResponse<String> refused = post(simulator, "/v1/chat/completions", body);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(json(refused.body()).at("/error/message").asText())
                    .isEqualTo("The model `gpt\"x` does not exist.");
            restart("simulator:fast?anyModel=true");
            HttpResponse<String> answered = post(simulator, "/v1/chat/completions", body);
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(json(answered.body()).path("model").asText()).isEqualTo("gpt\"x");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"mod|the body is not JSON: ",
                    "[]|the body must be a JSON object",
                    "``|the body must be a JSON object",
                    "{}|you must provide a model parameter",
                    "{\"model\":\"simulated-model\"}|messages must be a non-empty array of messages",
                    "{\"model\":\"simulated-model\",\"messages\":[]}|messages must be a non-empty array of messages",
                    "{\"model\":\"simulated-model\",\"messages\":[\"a\"]}|each message must be an object with a role",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":0}|max_tokens must be a whole number of at least 1, but was 0",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":\"9\"}|max_tokens must be a whole number of at least 1, but was \"9\"",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream\":1}|stream must be true or false, but was 1",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":2}|n must be 1 here, but was 2",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"ignore_eos\":true}|ignore_eos needs max_tokens here",
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stream_options\":{}}|Stream options can only be defined when `stream=True`."
                })
        void badBody_is400ThatSaysWhy(String body, String message) {
            HttpResponse<String> response = post(simulator, "/v1/chat/completions", body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response.body()).at("/error/message").asText()).startsWith(message);
            assertThat(json(response.body()).at("/error/code").asInt()).isEqualTo(400);
        }

        @Test
        void apiKey_isAskedForUnderV1Only() {
            restart("simulator:fast?apiKey=open-sesame");
            assertThat(get(simulator, "/health").statusCode()).isEqualTo(200);
            assertThat(get(simulator, "/v1/models").statusCode()).isEqualTo(401);
            assertThat(chat(simulator, "").statusCode()).isEqualTo(401);
            assertThat(post(simulator, "/v1/chat/completions", chatBody(""), "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(post(simulator, "/v1/chat/completions", chatBody(""), "Authorization", "Bearer open-sesame")
                            .statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/health", "/v1/models", "/nowhere"})
        void whileLoading_everythingIs503(String path) {
            restart("simulator?slowStart=1h");
            HttpResponse<String> response = get(simulator, path);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response.body()).at("/error/message").asText()).isEqualTo("Loading model");
        }

        @Test
        void afterLoading_itAnswers() {
            restart("simulator:fast?slowStart=200ms");
            SimulatorClient.await(() -> chat(simulator, "\"max_tokens\":1").statusCode() == 200);
        }

        @Test
        void close_twice_isFine() {
            simulator.close();
            simulator.close();
        }
    }
}
