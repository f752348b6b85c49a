package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkShapeTests {
    private static final String FORM =
            "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"@@\"},\"finish_reason\":null}],\"usage\":null}";

    private final ChunkShape shape = new ChunkShape();

    private static byte[] with(String form, String text) {
        return Wire.bytes("##" + form.replace("@@", text) + "#");
    }

    private void learn(String form, String text) {
        byte[] bytes = with(form, text);
        Chunk chunk = new Chunk();
        ChunkReader.read(bytes, 2, bytes.length - 1, chunk);
        shape.learn(bytes, 2, bytes.length - 1, chunk);
    }

    private boolean matches(String form, String text) {
        byte[] bytes = with(form, text);
        return shape.matches(bytes, 2, bytes.length - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "hello world",
                "\\n",
                "\\u4E2d",
                "\\ud83d",
                "\\\"",
                "\\\\",
                "中",
                "é😀",
                "\u007F",
                "\u2028",
                "{}[]:,'/"
            })
    void sameChunkWithAnotherText_matches(String text) {
        learn(FORM, "first");
        assertThat(matches(FORM, text)).isTrue();
        assertThat(shape.reasoning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\",
                "x\\",
                "\\x",
                "\\u004",
                "\\u00g0",
                "\\\\\\",
                "\"",
                "x\\\\\"",
                "x\",\"refusal\":\"y",
                "\t",
                "\n",
                "\u0000"
            })
    void textThatIsEmptyOrNoText_isRefused(String text) {
        learn(FORM, "first");
        assertThat(matches(FORM, text)).isFalse();
    }

    @Test
    void otherBytesAround_areRefused() {
        learn(FORM, "first");
        assertThat(matches(FORM.replace("null}]", "\"stop\"}]"), "a")).isFalse();
        assertThat(matches(FORM.replace("\"id\":\"x\"", "\"id\":\"y\""), "a")).isFalse();
        assertThat(matches(FORM + " ", "a")).isFalse();
        assertThat(matches(FORM.substring(0, 10), "a")).isFalse();
    }

    @Test
    void reasoning_isKnownAsSuch() {
        learn(FORM.replace("content", "reasoning_content"), "first");
        assertThat(matches(FORM.replace("content", "reasoning_content"), "a")).isTrue();
        assertThat(shape.reasoning()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"content\":\"@@\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"@@\"}}],\"usage\":{\"completion_tokens\":1}}",
                "{\"choices\":[{\"delta\":{\"content\":\"@@\"}}],\"error\":\"x\"}",
                "{\"choices\":[{\"delta\":{\"content\":\"@@\",\"refusal\":\"x\"}}]}",
                "{\"choices\":[{\"delta\":{\"reasoning\":\"x\",\"content\":\"@@\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[\"@@\"]}}]}",
                "{\"other\":[{\"delta\":{\"content\":\"@@\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"@@\"}}]",
            })
    void chunkThatSaysMore_isNotLearnt(String form) {
        learn(form, "first");
        assertThat(matches(form, "second")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "\\\"", "\\\\", "x\\\"},\\\\"})
    void chunkWithEscapes_isLearnt(String text) {
        learn(FORM, text);
        assertThat(matches(FORM, "a")).isTrue();
    }

    @Test
    void newShape_replacesTheOld() {
        learn(FORM, "a");
        String other = FORM.replace("\"id\":\"x\"", "\"created\":17");
        learn(other, "a");
        assertThat(matches(other, "b")).isTrue();
        assertThat(matches(FORM, "b")).isFalse();
    }
}
