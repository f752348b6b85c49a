package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.TokenCount;
import dev.llmload.result.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTests {
    private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private static String text(boolean keep, int buffer, String... chunks) {
        CompletionStream stream = new CompletionStream(TokenCount.USAGE, (nanos, gap, events) -> {});
        if (keep) {
            stream.keepText();
        }
        stream.head(0, 200, "text/event-stream");
        StringBuilder body = new StringBuilder();
        for (String chunk : chunks) {
            body.append("data: ").append(chunk).append("\n\n");
        }
        byte[] bytes =
                body.append("data: ").append(STOP).append("\n\n").toString().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += buffer) {
            stream.buffer(at, bytes, at, Math.min(buffer, bytes.length - at));
        }
        stream.end(bytes.length);
        assertThat(stream.outcome()).isEqualTo(Outcome.OK);
        return stream.text();
    }

    private static String delta(String members) {
        return "{\"choices\":[{\"delta\":{" + members + "}}]}";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void isTheContent_withItsEscapesRead_howeverItWasCut(int buffer) {
        assertThat(text(
                        true,
                        buffer,
                        delta("\"role\":\"assistant\",\"content\":\"\""),
                        delta("\"content\":\"Grü\""),
                        delta("\"content\":\"ße, \""),
                        delta("\"content\":\"\\\"Ω\\u03a9\\\"\\n\""),
                        delta("\"content\":\"\\ud83d\""),
                        delta("\"content\":\"\\ude00 end\"")))
                .isEqualTo("Grüße, \"ΩΩ\"\n😀 end");
    }

    @Test
    void reasoningAndToolCallsAreNoContent_arefusalIs() {
        assertThat(text(
                        true,
                        100,
                        delta("\"reasoning_content\":\"let me \""),
                        delta("\"reasoning_content\":\"see\""),
                        delta("\"tool_calls\":[{\"index\":0}]"),
                        delta("\"reasoning\":\"hm\",\"content\":\"no\""),
                        delta("\"refusal\":\", sorry\"")))
                .isEqualTo("no, sorry");
    }

    @Test
    void textCompletionsHaveText() {
        List<String> chunks = List.of("{\"choices\":[{\"text\":\"a\"}]}", "{\"choices\":[{\"text\":\"b\"}]}");
        assertThat(text(true, 50, chunks.toArray(String[]::new))).isEqualTo("ab");
    }

    @Test
    void whatIsNotWanted_isNotKept() {
        assertThat(text(false, 50, delta("\"content\":\"a\""))).isEmpty();
    }
}
