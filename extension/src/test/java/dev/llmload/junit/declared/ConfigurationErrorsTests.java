package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.config.Configuration;
import dev.llmload.junit.Api;
import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.junit.LoadTestKit;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of mistake has a message that says what, where, the rule, the value, and what to do. */
class ConfigurationErrorsTests {
    private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

    private String messageOf(Class<?> testClass) {
        try {
            resolve(testClass);
        } catch (ExtensionConfigurationException e) {
            return e.getMessage();
        }
        throw new AssertionError("was accepted");
    }

    private LoadTestSpec resolve(Class<?> testClass) {
        try {
            return LoadTestResolver.resolve(
                    testClass.getDeclaredMethod("load"),
                    testClass,
                    new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Annotations {
        @Test
        void noLevel() {
            assertThat(messageOf(NoLevel.class))
                    .isEqualTo("Load test not configured: NoLevel.load\n"
                            + "  - `concurrency` of @LlmLoad must name at least one level, for example "
                            + "@LlmLoad(concurrency = {10, 50, 100}), or `requestsPerSecond` one of an open loop, for"
                            + " example @LlmLoad(requestsPerSecond = {1, 5}), or `stages` one of a load that changes, for example"
                            + " @LlmLoad(stages = \"10 users 30s\"), but all were empty");
        }

        @Test
        void aLevelOfNobody_andOneNamedTwice() {
            assertThat(messageOf(BadLevels.class))
                    .contains("`concurrency` must be at least 1 for each level, but contained 0")
                    .contains("`concurrency` must not name a level twice, but contained 5 twice");
        }

        @Test
        void everythingWrongIsSaidAtOnce() {
            assertThat(messageOf(ManyMistakes.class))
                    .contains("`duration` of @LlmLoad: a duration must be a number and a unit")
                    .contains("`maxTokens` of @LlmRequest: must be at least 1, but was 0")
                    .contains("`temperature` of @LlmRequest: must be from 0 to 2, or NaN to leave it out, but was 3.0")
                    .contains("`warmupConcurrency` of @LlmLoad: must be at least 1, but was 0")
                    .contains("`prompts` of @LlmRequest: ")
                    .contains("nowhere.jsonl")
                    .contains("`stallTimeout` of @LlmEndpoint: a duration must be greater than 0, but was \"0s\"")
                    .contains("extraBody");
        }

        @Test
        void aHeaderThatIsNone_isNotQuotedWhole_becauseItMayBeASecret() {
            assertThat(messageOf(BadHeader.class))
                    .contains("`headers` of @LlmRequest must each be \"Name: value\"")
                    .contains("`Authorization`")
                    .doesNotContain("s3cret");
        }

        @Test
        void aBudgetAtALevelThatDoesNotExist() {
            assertThat(messageOf(BudgetAtNoLevel.class))
                    .contains(
                            "budget \"ttft p95 < 1 s\" (method) is at `20 users`, which is no level of this test: its "
                                    + "levels are `10 users`");
        }

        @Test
        void aBudgetThatIsMisspelt_withACaretAndTheNearestWord() {
            assertThat(messageOf(MisspeltBudget.class))
                    .contains("@Budget on the method: unknown metric")
                    .contains("^")
                    .contains("ttft");
        }

        @Test
        void aConfidenceThatIsNone() {
            assertThat(messageOf(BadConfidence.class))
                    .contains("`confidence` must be at least 0 and below 1, but was 95.0 on \"ttft p95 < 1 s\"");
        }
    }

    @Nested
    class Keys {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "llmload.concurrency|1,x|key `llmload.concurrency`: must be a whole number, but was `x`",
                    "llmload.concurrency|0|key `llmload.concurrency`: must be at least 1, but was 0",
                    "llmload.request.maxTokens|many|key `llmload.request.maxTokens`: must be a whole number, but was `many`",
                    "llmload.request.reuse|SOMETIMES|key `llmload.request.reuse`: must be one of `UNIQUE_PREFIX`, `ALLOW`, but was `SOMETIMES`",
                    "llmload.endpoint.api|GRPC|key `llmload.endpoint.api`: must be one of `AUTO`, `CHAT`, `COMPLETIONS`, but was `GRPC`",
                    "llmload.inconclusive|ignore|key `llmload.inconclusive`: must be one of `fail`, `abort`, `warn`, but was `ignore`",
                    "llmload.notMeasured|abort|key `llmload.notMeasured`: must be one of `warn`, `fail`, but was `abort`",
                    "llmload.minSuccess|150%|key `llmload.minSuccess`: must be from 0% to 100%, but was `150%`",
                    "llmload.load.scaling|maybe|key `llmload.load.scaling`: must be `true` or `false`, but was `maybe`",
                    "llmload.timeout.firstToken|soon|key `llmload.timeout.firstToken`: a duration must be",
                    "llmload.request.seed|1.5|key `llmload.request.seed`: must be a whole number, but was `1.5`",
                    "llmload.budgets|ttft p95 < 1 s; sucess_rate > 1%|success_rate",
                    "llmload.url|ftp://host|key `llmload.url`"
                })
        void aBadValue_namesTheKeyTheRuleAndTheValue(String key, String value, String message) {
            keys.put(key, value);
            assertThat(messageOf(Fine.class)).contains(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sk-0123456789abcdef", "a1B2c3D4e5F6g7H8i9", "Bearer abc123"})
        void aKeyInThePlaceOfItsVariablesName_isNotQuoted(String key) {
            keys.put("llmload.endpoint.apiKeyEnv", key);
            assertThat(messageOf(Fine.class))
                    .contains("key `llmload.endpoint.apiKeyEnv`: ")
                    .doesNotContain(key)
                    .doesNotContain("0123456789", "c3D4");
        }

        @Test
        void noEndpoint_saysHowToConfigureOne() {
            keys.clear();
            assertThat(messageOf(Fine.class))
                    .contains(
                            "no endpoint is configured: set -Dllmload.url=http://host:8000 (or the environment variable "
                                    + "LLMLOAD_URL, or @LlmEndpoint(url = …)); to try it without a server: -Dllmload.url=simulator");
        }

        @Test
        void anUnknownSimulatorProfile() {
            keys.put("llmload.url", "simulator:quick");
            assertThat(messageOf(Fine.class)).contains("quick").contains("fast");
        }

        @Test
        void aNamedEndpoint_listensToItsOwnKeysOnly() {
            keys.put("llmload.candidate.url", "http://127.0.0.1:2");
            assertThat(resolve(Named.class).endpoint().settings().url().chat().getPort())
                    .isEqualTo(2);
            keys.remove("llmload.candidate.url");
            assertThat(messageOf(Named.class)).contains("-Dllmload.candidate.url=http://host:8000");
        }

        @Test
        void eachMemberOfANamedEndpoint_hasAKeyOfItsOwn_andThoseOfTheUnnamedDoNotCount() {
            keys.putAll(Map.of(
                    "llmload.candidate.url", "http://127.0.0.1:2",
                    "llmload.candidate.model", "m",
                    "llmload.candidate.api", "completions",
                    "llmload.candidate.apiKeyEnv", "CANDIDATE_KEY",
                    "llmload.candidate.tokenCount", "events",
                    "llmload.candidate.timeout.connect", "1s",
                    "llmload.candidate.timeout.firstToken", "2s",
                    "llmload.candidate.timeout.stall", "3s",
                    "llmload.candidate.timeout.total", "4s",
                    "llmload.candidate.maxResponseHead", "2048"));
            keys.putAll(Map.of(
                    "llmload.model", "x",
                    "llmload.endpoint.api", "chat",
                    "llmload.timeout.total", "9m",
                    "llmload.endpoint.maxResponseHead", "4096"));
            EndpointChoice endpoint = resolve(Named.class).endpoint();
            assertThat(endpoint.name()).isEqualTo("candidate");
            EndpointSettings settings = endpoint.settings();
            assertThat(settings.apiKey().variable()).isEqualTo("CANDIDATE_KEY");
            assertThat(settings.model()).isEqualTo("m");
            assertThat(settings.api()).isEqualTo(Api.COMPLETIONS);
            assertThat(settings.tokenCount()).isEqualTo(TokenCount.EVENTS);
            assertThat(settings.timeouts())
                    .isEqualTo(new Timeouts(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4)));
            assertThat(settings.maxResponseHead()).isEqualTo(2048);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "llmload.candidate.api|GRPC|key `llmload.candidate.api`: must be one of `AUTO`, `CHAT`, `COMPLETIONS`, but was `GRPC`",
                    "llmload.candidate.timeout.stall|0s|key `llmload.candidate.timeout.stall`: a duration must be greater than 0",
                    "llmload.candidate.maxResponseHead|1|key `llmload.candidate.maxResponseHead`: must be at least 1024, but was 1",
                    "llmload.candidate.url|ftp://host|key `llmload.candidate.url`"
                })
        void aBadValueOfANamedEndpoint_namesItsKey(String key, String value, String message) {
            keys.put("llmload.candidate.url", "http://127.0.0.1:2");
            keys.put(key, value);
            assertThat(messageOf(Named.class)).contains(message);
        }

        @Test
        void aNameThatBeginsOtherKeys_isTheOneMistake() {
            keys.clear();
            assertThat(messageOf(NamedLabel.class))
                    .matches("Load test not configured: NamedLabel.load\n"
                            + "  - `name` of @LlmEndpoint: must not be the first word of another key \\(.*\\), but was"
                            + " `label`");
        }

        @Test
        void aKeyWinsOverTheAnnotation() {
            keys.put("llmload.request.maxTokens", "7");
            keys.put("llmload.timeout.stall", "9s");
            LoadTestSpec test = resolve(Fine.class);
            assertThat(test.request().settings().maxTokens()).isEqualTo(7);
            assertThat(test.endpoint().settings().timeouts().stall()).hasSeconds(9);
        }
    }

    @Test
    void aMisspeltSystemProperty_failsTheTest_andNamesTheNearest(@TempDir Path output) {
        System.setProperty("llmload.maxTokns", "5");
        try {
            Throwable failure = LoadTestKit.run(Fine.class, output).containerFailure();
            assertThat(failure)
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessage("Load test not configured: Fine.load\n  - unknown configuration key "
                            + "`llmload.maxTokns`: did you mean `llmload.request.maxTokens`?");
        } finally {
            System.clearProperty("llmload.maxTokns");
        }
    }

    @Test
    void theMethodsEndpointOverridesItsClassMemberByMember() throws NoSuchMethodException {
        keys.clear();
        LoadTestSpec test = resolve(MemberByMember.class);
        assertThat(test.endpoint().settings().url().chat().getPort()).isEqualTo(7);
        assertThat(test.endpoint().settings().model()).isEqualTo("small");
    }

    @Test
    void aFineTest_isAccepted() {
        assertThat(resolve(Fine.class).load().levels()).hasSize(1);
        assertThatThrownBy(() -> LoadTestResolver.resolve(
                        Object.class.getMethod("toString"),
                        Object.class,
                        new Configuration(key -> Optional.empty(), Map.of(), Map.of())))
                .hasMessageContaining("has no @LlmLoad");
    }

    static class Fine {
        @LlmLoad(concurrency = 10)
        void load() {}
    }

    static class NoLevel {
        @LlmLoad
        void load() {}
    }

    static class BadLevels {
        @LlmLoad(concurrency = {0, 5, 5})
        void load() {}
    }

    @LlmEndpoint(stallTimeout = "0s")
    @LlmRequest(extraBody = "[1]")
    static class ManyMistakes {
        @LlmLoad(concurrency = 1, duration = "5", warmupConcurrency = 0)
        @LlmRequest(maxTokens = 0, temperature = 3, prompts = "classpath:/nowhere.jsonl")
        void load() {}
    }

    @LlmRequest(headers = "Authorization Bearer s3cret")
    static class BadHeader {
        @LlmLoad(concurrency = 1)
        void load() {}
    }

    static class BudgetAtNoLevel {
        @LlmLoad(concurrency = 10)
        @Budget(value = "ttft p95 < 1 s", at = "20 users")
        void load() {}
    }

    static class MisspeltBudget {
        @LlmLoad(concurrency = 10)
        @Budget("tttf p95 < 1 s")
        void load() {}
    }

    static class BadConfidence {
        @LlmLoad(concurrency = 10)
        @Budget(value = "ttft p95 < 1 s", confidence = 95)
        void load() {}
    }

    @LlmEndpoint(name = "label")
    static class NamedLabel {
        @LlmLoad(concurrency = 1)
        void load() {}
    }

    @LlmEndpoint(name = "candidate")
    static class Named {
        @LlmLoad(concurrency = 1)
        void load() {}
    }

    @LlmEndpoint(url = "http://127.0.0.1:7", model = "large")
    static class MemberByMember {
        @LlmLoad(concurrency = 1)
        @LlmEndpoint(model = "small")
        void load() {}
    }
}
