package dev.llmload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys an endpoint has, and which name it may have. */
class EndpointKeysTests {
    @Nested
    class Names {
        @ParameterizedTest
        @ValueSource(strings = {"", "candidate", "candidate-2", "B", "2", "gpus", "endpoint-a"})
        void ofLettersDigitsAndDashes_areTaken(String name) {
            assertThat(EndpointKeys.of(name).name()).isEqualTo(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "a.b", "a_b", "é", "${name}", " "})
        void ofAnythingElse_areRefused(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EndpointKeys.of(name))
                    .withMessage("must consist of letters, digits and dashes, because `llmload.<name>.url` is a key,"
                            + " but was `" + name + "`");
        }

        @ParameterizedTest
        @ValueSource(strings = {"label", "url", "model", "Model", "endpoint", "timeout", "gpu", "load", "notmeasured"})
        void thatBeginOtherKeys_areRefused_inWhateverCase(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EndpointKeys.of(name))
                    .withMessageStartingWith("must not be the first word of another key (`analysis`, `answer`, ")
                    .withMessageContaining("`label`, ")
                    .withMessageEndingWith("), but was `" + name + "`");
        }
    }

    @Test
    void theUnnamedOneHasTheKeysThemselves() {
        for (Key key : Key.values()) {
            assertThat(EndpointKeys.UNNAMED.key(key)).isEqualTo(key.key());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "URL,llmload.b.url",
        "MODEL,llmload.b.model",
        "API,llmload.b.api",
        "API_KEY_ENV,llmload.b.apiKeyEnv",
        "TOKEN_COUNT,llmload.b.tokenCount",
        "TIMEOUT_CONNECT,llmload.b.timeout.connect",
        "TIMEOUT_TOTAL,llmload.b.timeout.total",
        "MAX_RESPONSE_HEAD,llmload.b.maxResponseHead",
        "MAX_TOKENS,llmload.request.maxTokens",
        "PREFLIGHT_WAIT,llmload.endpoint.preflightWait"
    })
    void aNamedOneHasItsOwn_andSharesWhatIsNotOfEndpoints(Key key, String name) {
        assertThat(new EndpointKeys("b").key(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "llmload.b.url,b",
        "llmload.b-2.timeout.stall,b-2",
        "LLMLOAD_B_2_TIMEOUT_STALL,B_2",
        "LLMLOAD_B_APIKEYENV,B",
        "llmload.url,",
        "llmload..url,",
        "llmload.b.urls,",
        "llmload.b.stall,",
        "llmload.a.b.url,",
        "llmload.request.model,",
        "llmload.label.url,",
        "llmload.endpoint.api,",
        "other.b.url,"
    })
    void theNameIsFoundInAKey(String key, String name) {
        assertThat(EndpointKeys.nameIn(key).orElse(null)).isEqualTo(name);
    }
}
