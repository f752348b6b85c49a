package dev.llmload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigurationTests {
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> file = new HashMap<>();

    /** JUnit's look-up finds launcher parameters and system properties first, then the file. */
    private Configuration configuration() {
        Map<String, String> all = new HashMap<>(file);
        all.putAll(parameters);
        return new Configuration(key -> Optional.ofNullable(all.get(key)), environment, file);
    }

    @Nested
    class Precedence {
        @Test
        void aParameterWinsOverTheEnvironment() {
            parameters.put("llmload.url", "http://parameter");
            environment.put("LLMLOAD_URL", "http://environment");
            file.put("llmload.url", "http://file");
            assertThat(configuration().get(Key.URL)).contains("http://parameter");
        }

        @Test
        void theEnvironmentWinsOverTheFile() {
            environment.put("LLMLOAD_URL", "http://environment");
            file.put("llmload.url", "http://file");
            assertThat(configuration().get(Key.URL)).contains("http://environment");
        }

        @Test
        void theFileIsLast() {
            file.put("llmload.url", " http://file ");
            assertThat(configuration().get(Key.URL)).contains("http://file");
        }

        @Test
        void aBlankValue_isNone() {
            parameters.put("llmload.url", " ");
            environment.put("LLMLOAD_URL", "");
            file.put("llmload.url", "http://file");
            assertThat(configuration().get(Key.URL)).contains("http://file");
        }

        @Test
        void whatNobodySet_isAbsent() {
            assertThat(configuration().get(Key.URL)).isEmpty();
        }

        @Test
        void dotsBecomeUnderscoresInTheEnvironment() {
            environment.put("LLMLOAD_TIMEOUT_FIRSTTOKEN", "5s");
            assertThat(configuration().get(Key.TIMEOUT_FIRST_TOKEN)).contains("5s");
        }
    }

    @Nested
    class CiMachine {
        @Test
        void isOneWhoseEnvironmentSaysSo() {
            environment.put("CI", "true");
            assertThat(configuration().isCi()).isTrue();
        }

        @Test
        void isNoneWhereItSaysFalseOrNothing() {
            assertThat(configuration().isCi()).isFalse();
            environment.put("CI", "false");
            assertThat(configuration().isCi()).isFalse();
        }
    }

    @Nested
    class PlaceholderTexts {
        @Test
        void areReplacedFromParametersThenEnvironment() {
            parameters.put("host", "gpu-1");
            environment.put("MODEL", "llama");
            assertThat(Placeholders.resolve("http://${host}:8000/${MODEL}", configuration()))
                    .isEqualTo("http://gpu-1:8000/llama");
        }

        @Test
        void haveADefaultAfterTheColon_whichMayItselfHoldColonsAndBeEmpty() {
            assertThat(Placeholders.resolve("${url:http://localhost:8000}", configuration()))
                    .isEqualTo("http://localhost:8000");
            assertThat(Placeholders.resolve("a${nothing:}b", configuration())).isEqualTo("ab");
        }

        @Test
        void setNowhereAndWithoutADefault_areAnErrorThatSaysWhatToDo() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Placeholders.resolve("http://${host}", configuration()))
                    .withMessage("`${host}` is set nowhere: set -Dhost=… or the environment variable host, "
                            + "or give a default: ${host:…}");
        }

        @Test
        void mayStandForTextWithDollarsAndBackslashes() {
            parameters.put("x", "a$1\\b");
            assertThat(Placeholders.resolve("${x}", configuration())).isEqualTo("a$1\\b");
        }

        @Test
        void mayHaveADefaultWithBraces_suchAsAJsonObject() {
            String text = "${body:{\"a\": {\"b\": 1}}}";
            assertThat(Placeholders.resolve(text, configuration())).isEqualTo("{\"a\": {\"b\": 1}}");
            parameters.put("body", "{}");
            assertThat(Placeholders.resolve(text, configuration())).isEqualTo("{}");
        }

        @Test
        void mayHaveAnotherForADefault() {
            assertThat(Placeholders.resolve("${one:${two:http://three}}/v1", configuration()))
                    .isEqualTo("http://three/v1");
            environment.put("TWO", "http://2");
            assertThat(Placeholders.resolve("${one:${two:http://three}}/v1", configuration()))
                    .isEqualTo("http://2/v1");
        }

        @Test
        void areNotLookedForInWhatTheyStandFor() {
            parameters.put("x", "${y}");
            assertThat(Placeholders.resolve("${x}", configuration())).isEqualTo("${y}");
        }

        @Test
        void thatDoNotEndOrHaveNoName_areRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Placeholders.resolve("Bearer ${token", configuration()))
                    .withMessage("the placeholder at column 8 does not end: a placeholder must be ${name} or "
                            + "${name:default}");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Placeholders.resolve("${:x}", configuration()))
                    .withMessage("a placeholder must be ${name} or ${name:default}, but one has no name");
        }
    }

    @Nested
    class UnknownKeys {
        @Test
        void aMisspeltKey_namesTheNearest() {
            assertThat(KeyCheck.unknown(List.of("llmload.maxToken", "other.key"), List.of(), Set.of()))
                    .containsExactly(
                            "unknown configuration key `llmload.maxToken`: did you mean `llmload.request.maxTokens`?");
        }

        @Test
        void aKeyWithoutItsSubject_namesItWithTheSubject() {
            assertThat(KeyCheck.unknown(
                            List.of("llmload.prompts", "llmload.load.prompts"), List.of("LLMLOAD_DURATION"), Set.of()))
                    .containsExactly(
                            "unknown configuration key `llmload.load.prompts`: did you mean `llmload.request.prompts`?",
                            "unknown configuration key `llmload.prompts`: did you mean `llmload.request.prompts`?",
                            "unknown environment variable `LLMLOAD_DURATION`: did you mean `LLMLOAD_LOAD_DURATION`?");
        }

        @Test
        void aMisspeltVariable_namesTheNearest() {
            assertThat(KeyCheck.unknown(List.of(), List.of("LLMLOAD_MODLE", "PATH"), Set.of()))
                    .containsExactly("unknown environment variable `LLMLOAD_MODLE`: did you mean `LLMLOAD_MODEL`?");
        }

        @Test
        void labelsAreFree() {
            assertThat(KeyCheck.unknown(List.of("llmload.label.dtype"), List.of("LLMLOAD_LABEL_DTYPE"), Set.of()))
                    .isEmpty();
        }

        @Test
        void aNamedEndpointHasAKeyForEachOfTheUnnamed() {
            assertThat(KeyCheck.unknown(
                            List.of(
                                    "llmload.candidate-2.url",
                                    "llmload.candidate-2.model",
                                    "llmload.candidate-2.api",
                                    "llmload.candidate-2.apiKeyEnv",
                                    "llmload.candidate-2.tokenCount",
                                    "llmload.candidate-2.timeout.connect",
                                    "llmload.candidate-2.timeout.firstToken",
                                    "llmload.candidate-2.timeout.stall",
                                    "llmload.candidate-2.timeout.total",
                                    "llmload.candidate-2.maxResponseHead"),
                            List.of("LLMLOAD_CANDIDATE_2_URL", "LLMLOAD_CANDIDATE_2_TIMEOUT_FIRSTTOKEN"),
                            Set.of("candidate-2")))
                    .isEmpty();
            assertThat(KeyCheck.unknown(
                            List.of("llmload.candidate.timeout.first", "llmload.candidate.prompts"),
                            List.of("LLMLOAD_CANDIDATE_TOKENCOUNTS"),
                            Set.of("candidate", "")))
                    .containsExactly(
                            "unknown configuration key `llmload.candidate.prompts`: did you mean `llmload.request.prompts`?",
                            "unknown configuration key `llmload.candidate.timeout.first`: did you mean"
                                    + " `llmload.candidate.timeout.firstToken`?",
                            "unknown environment variable `LLMLOAD_CANDIDATE_TOKENCOUNTS`: did you mean"
                                    + " `LLMLOAD_CANDIDATE_TOKENCOUNT`?");
        }

        @Test
        void aMisspeltNameOfAnEndpoint_namesTheNearest() {
            assertThat(KeyCheck.unknown(List.of("llmload.candidat.url"), List.of(), Set.of("candidate")))
                    .containsExactly(
                            "unknown configuration key `llmload.candidat.url`: did you mean `llmload.candidate.url`?");
        }

        @Test
        void everyKeyOfTheProduct_isKnown() {
            for (Key key : Key.values()) {
                assertThat(KeyCheck.unknown(List.of(key.key()), List.of(key.environmentVariable()), Set.of()))
                        .isEmpty();
            }
        }
    }
}
