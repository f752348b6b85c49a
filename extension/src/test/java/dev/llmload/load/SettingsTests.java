package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.openai.Api;
import dev.llmload.openai.ApiUrl;
import dev.llmload.openai.TokenCount;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void levelHasAnEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClosedLoop(Level.users(1), 1, 0, Optional.empty(), SECOND, Optional.empty()))
                .withMessageContaining("a number of requests or a duration");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClosedLoop(Level.users(1), 0, 1, Optional.empty(), SECOND, Optional.empty()))
                .withMessage("concurrency must be at least 1, but was 0");
    }

    @Test
    void slotsStart_spreadOverTheMeanDurationOfARequest_butNoFasterThanConnectionsMayBeOpened() {
        ClosedLoop plan = new ClosedLoop(Level.users(100), 100, 500, Optional.empty(), SECOND, Optional.empty());
        assertThat(LevelShape.of(plan, Duration.ofSeconds(2)).startGapNanos()).isEqualTo(20_000_000);
        assertThat(LevelShape.of(plan, Duration.ZERO).startGapNanos()).isEqualTo(3_125_000);
    }
}
