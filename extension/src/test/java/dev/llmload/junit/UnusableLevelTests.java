package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.load.preflight.EndpointUnusableException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of levels against an endpoint that cannot be used. */
class UnusableLevelTests {
    private static final String LOCKED = "simulator:fast?apiKey=secret";

    @TempDir
    Path output;

    private static JsonNode test(Ran ran) throws IOException {
        return new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0");
    }

    @Test
    void aLevelWhoseRequestsAreAllRefused_isThereWithItsCountsAndItsReason() throws IOException {
        Ran ran = LoadTestKit.run(
                TwoLevelsTestCase.class,
                output,
                "llmload.url",
                LOCKED,
                "llmload.endpoint.preflight",
                "false",
                "llmload.model",
                "m",
                "llmload.load.warmup",
                "0");

        assertThat(ran.failureOf("2 users")).isInstanceOf(EndpointUnusableException.class);
        JsonNode first = test(ran).at("/levels/0");
        assertThat(first.path("name").asText()).isEqualTo("2 users");
        assertThat(first.path("verdict").asText()).isEqualTo("ERROR");
        assertThat(first.path("unusable").asText()).contains(" were refused; the first with HTTP_4XX (status 401)");
        int attempted = first.at("/requests/attempted").asInt();
        assertThat(attempted).isGreaterThanOrEqualTo(20);
        assertThat(first.at("/requests/failures/HTTP_4XX").asInt()).isEqualTo(attempted);
        assertThat(first.at("/requests/status/401").asInt()).isEqualTo(attempted);
        assertThat(first.at("/budgets/0/budget").asText()).isEqualTo("ttft p95 < 10 s");
        assertThat(first.at("/budgets/0/verdict").asText()).isEqualTo("INCONCLUSIVE");
        JsonNode second = test(ran).at("/levels/1");
        assertThat(second.path("name").asText()).isEqualTo("3 users");
        assertThat(second.path("unusable").asText()).startsWith("did not run: all " + attempted + " requests to ");
        assertThat(second.at("/requests/attempted").asInt(-1)).isZero();
        assertThat(ran.file("summary.md"))
                .contains("- not measured: 2 users: " + attempted + " requests attempted: " + attempted
                        + " HTTP_4XX (status 401)");
        assertThat(ran.file("report.html")).contains("not measured: 2 users: " + attempted + " requests attempted");
    }

    @Test
    void aPreflightThatFails_leavesEveryLevel_withoutARequest() throws IOException {
        Ran ran = LoadTestKit.run(TwoLevelsTestCase.class, output, "llmload.url", LOCKED);

        assertThat(test(ran).path("levels")).hasSize(2).allSatisfy(level -> {
            assertThat(level.path("verdict").asText()).isEqualTo("ERROR");
            assertThat(level.path("unusable").asText()).contains("LLM_API_KEY");
            assertThat(level.at("/requests/attempted").asInt(-1)).isZero();
        });
        assertThat(test(ran).path("error").asText()).contains("LLM_API_KEY");
    }

    static class TwoLevelsTestCase {
        @LlmLoad(
                concurrency = {2, 3},
                requests = 20)
        @Budget("ttft p95 < 10 s")
        void load() {}
    }
}
