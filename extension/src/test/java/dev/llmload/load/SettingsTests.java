package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.junit.Api;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.protocol.ApiUrl;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static EndpointSettings endpoint(String key, Map<String, String> headers) {
        return new EndpointSettings(
                ApiUrl.parse("http://h"), "m", Api.CHAT, key, headers, TokenCount.USAGE, Timeouts.defaults());
    }

    @Test
    void keyAndHeaderValues_areNeverShown() {
        assertThat(endpoint("sk-secret", Map.of("X-Token", "hush")).toString())
                .contains("apiKey=***", "X-Token")
                .doesNotContain("sk-secret")
                .doesNotContain("hush");
        assertThat(endpoint("", Map.of()).toString()).contains("apiKey=none");
    }

    @Test
    void keyIsSentAsBearer_unlessAHeaderReplacesIt() {
        assertThat(endpoint("k", Map.of()).requestHeaders()).containsExactly(Map.entry("Authorization", "Bearer k"));
        assertThat(endpoint("k", Map.of("authorization", "Basic x")).requestHeaders())
                .containsExactly(Map.entry("authorization", "Basic x"));
        assertThat(endpoint("", Map.of("api-key", "x")).requestHeaders()).containsExactly(Map.entry("api-key", "x"));
    }

    @Test
    void keyWithALineBreak_isRefused_withoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint("sk-secret\n", Map.of()))
                .withMessageContaining("line break")
                .withMessageNotContaining("sk-secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sk-secret\\n|ends with a line break",
                "sk-secret\\r|ends with a line break",
                "sk-\\tsecret|holds a control character, or one that is not ASCII",
                "sk-\\u001bsecret|holds a control character, or one that is not ASCII",
                "sk-\\u2019secret|holds a control character, or one that is not ASCII",
                "\\ufeffsk-secret|holds a control character, or one that is not ASCII",
                "' sk-secret'|begins or ends with a blank",
                "Bearer sk-secret|begins with \"Bearer\", which is added to it",
            })
    void malformedKey_isRefused_withoutShowingIt(String key, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(unescaped(key), Map.of()))
                .withMessageStartingWith(
                        "the API key " + problem + "; set the environment variable LLM_API_KEY to the key alone")
                .withMessageNotContaining("secret");
    }

    private static String unescaped(String key) {
        String text = key.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)));
    }

    @Test
    void secretsAreTheKey_headersThatLookLikeCredentials_andSuchParametersOfTheUrl() {
        EndpointSettings settings = new EndpointSettings(
                ApiUrl.parse("http://h/v1?api-version=2024-10-21&api-key=param3ter9"),
                "m",
                Api.CHAT,
                "envkey12345",
                Map.of("X-Api-Key", "header12345", "X-Team", "blue-team", "X-Note", "Bearer token12345"),
                TokenCount.USAGE,
                Timeouts.defaults());
        assertThat(settings.secrets().redact("envkey12345 param3ter9 header12345 token12345 blue-team 2024-10-21"))
                .isEqualTo("*** *** *** *** blue-team 2024-10-21");
    }

    @Test
    void badHeader_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint("", Map.of("X Token", "v")))
                .withMessageContaining("X Token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint("", Map.of("X-Token", "a\r\nb")))
                .withMessageContaining("X-Token");
    }

    @Test
    void timeoutsArePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timeouts(SECOND, Duration.ZERO, SECOND, SECOND))
                .withMessage("the firstToken time-out must be longer than 0, but was 0 ms");
    }

    @Test
    void requestAsksForSomething() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestSettings(0, 1, ""))
                .withMessage("maxTokens must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestSettings(1, -1, ""))
                .withMessageContaining("temperature");
        assertThat(new RequestSettings(1, Double.NaN, "").temperature()).isNaN();
    }
}
