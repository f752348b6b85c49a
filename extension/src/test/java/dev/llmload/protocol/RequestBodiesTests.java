package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.junit.Api;
import dev.llmload.result.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodiesTests {
    private static final List<ChatMessage> HI = List.of(new ChatMessage("user", "hi"));
    private static final List<ChatMessage> TALK = List.of(
            new ChatMessage("system", "Be brief."),
            new ChatMessage("user", "hi"),
            new ChatMessage("assistant", "Hello"),
            new ChatMessage("user", "\"why\"\n"));

    private static RequestBodies chat(String extraBody) {
        return new RequestBodies(Api.CHAT, "m", 128, 0.7, extraBody);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void chat_isExactlyThis() {
        assertThat(text(chat("").streaming(HI, true)))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":128,"
                        + "\"temperature\":0.7,\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void withoutUsage_streamOptionsAreLeftOut() {
        String expected = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":128,"
                + "\"temperature\":0.7,\"stream\":true}";
        assertThat(text(chat("").streaming(HI, false))).isEqualTo(expected);
        assertThat(text(chat("{\"stream_options\":{\"continuous_usage_stats\":true}}")
                        .streaming(HI, false)))
                .isEqualTo(expected);
    }

    @Test
    void emptyModelAndNaN_areLeftOut() {
        assertThat(text(new RequestBodies(Api.AUTO, "", 1, Double.NaN, "").streaming(HI, false)))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":1,\"stream\":true}");
    }

    @Test
    void completions_haveAPromptOfTheSingleMessage() {
        assertThat(text(new RequestBodies(Api.COMPLETIONS, "m", 8, 0, "").streaming(HI, true)))
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"hi\",\"max_tokens\":8,\"temperature\":0.0,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void completions_haveAPromptOfTheWholeConversation() {
        assertThat(text(new RequestBodies(Api.COMPLETIONS, "m", 8, Double.NaN, "").streaming(TALK, false)))
                .contains(
                        "\"prompt\":\"system: Be brief.\\n\\nuser: hi\\n\\nassistant: Hello\\n\\nuser: \\\"why\\\"\\n\\n\\n"
                                + "assistant:\"");
    }

    @Test
    void textIsUtf8_andHalfCharactersDoNotSpoilIt() {
        List<ChatMessage> odd = List.of(new ChatMessage("user", "中😀\uD83D!"));
        assertThat(text(chat("").streaming(odd, true))).contains("\"content\":\"中😀?!\"");
    }

    @Test
    void extraBody_isMergedLast() {
        assertThat(text(chat("{\"ignore_eos\":true,\"temperature\":0,\"max_tokens\":null,\"max_completion_tokens\":9,"
                                + "\"stream_options\":{\"continuous_usage_stats\":true},\"stop\":[\"x\"],\"a\":{\"b\":null,\"c\":{\"d\":1}}}")
                        .streaming(HI, true)))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0,"
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true},"
                        + "\"ignore_eos\":true,\"max_completion_tokens\":9,\"stop\":[\"x\"],\"a\":{\"c\":{\"d\":1}}}");
    }

    @Test
    void extraBody_isTheSameForEveryRequest() {
        RequestBodies bodies = chat("{\"a\":{\"b\":1},\"stream_options\":{\"x\":1}}");
        String first = text(bodies.streaming(HI, true));
        bodies.oneToken(HI);
        assertThat(text(bodies.streaming(HI, true))).isEqualTo(first);
    }

    @Test
    void oneToken_isNotStreamedAndOneTokenLong() {
        assertThat(text(chat("{\"min_tokens\":64,\"ignore_eos\":true,\"stream\":true}")
                        .oneToken(HI)))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":1,"
                        + "\"temperature\":0.7,\"ignore_eos\":true}");
    }

    @Test
    void oneToken_usesTheLimitThatTheExtraBodyUses() {
        assertThat(text(chat("{\"max_tokens\":null,\"max_completion_tokens\":500}")
                        .oneToken(HI)))
                .contains("\"max_completion_tokens\":1")
                .doesNotContain("max_tokens\":128");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.7, '`maxTokens` must be at least 1, but was 0'",
        "1, -0.1, '`temperature` must be 0 or more, or NaN to leave it out, but was -0.1'",
        "1, Infinity, '`temperature` must be 0 or more, or NaN to leave it out, but was Infinity'",
    })
    void badNumbers_sayRuleAndValue(int maxTokens, double temperature, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestBodies(Api.CHAT, "m", maxTokens, temperature, ""))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "\"x\"", "null", "{\"a\":1", "{\"a\":1} x", "nonsense", "{a:1}"})
    void extraBodyThatIsNoObject_saysTheRule_andWhatItIs(String extraBody) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat(extraBody))
                .withMessageMatching("(?s)`extraBody` must be a JSON object such as \\{\"ignore_eos\": true}, but"
                        + " (was a JSON (array|number|string|null)|it is no JSON \\(line 1, column \\d: .*\\))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sk7secret9\"",
                "[\"sk7secret9\"]",
                "sk7secret9",
                "{\"key\":sk7secret9}",
                "{\"key\":\"sk7secret9\"",
                "{\"key\":\"sk7secret9}",
                "{'sk7secret9':1}",
                "{\"stream\":\"sk7secret9\"}",
                "{\"stream\":false,\"key\":\"sk7secret9\"}"
            })
    void extraBodyThatIsRefused_isNotQuoted(String extraBody) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat(extraBody))
                .satisfies(e -> assertThat(e).message().doesNotContain("sk7secret9"));
    }

    @Test
    void brokenExtraBody_saysWhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat("{\"a\":1,\n \"b\":}"))
                .withMessageContaining("(line 2, column 6: ");
    }

    @Test
    void extraBodyThatWouldSpoilTheMeasurement_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat("{\"stream\":false}"))
                .withMessageContaining("must leave `stream` true, because only a stream can be measured");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat("{\"n\":2}"))
                .withMessageContaining("must leave `n` 1, because every metric is about one answer");
        assertThat(chat("{\"stream\":true,\"n\":1}")).isNotNull();
    }
}
