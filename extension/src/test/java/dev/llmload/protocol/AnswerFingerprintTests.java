package dev.llmload.protocol;

import static dev.llmload.protocol.Wire.DONE;
import static dev.llmload.protocol.Wire.STOP;
import static dev.llmload.protocol.Wire.content;
import static dev.llmload.protocol.Wire.delta;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.request.RequestRecord;
import org.junit.jupiter.api.Test;

class AnswerFingerprintTests {
    private static long print(String... events) {
        Response response = Response.ok();
        for (int i = 0; i < events.length; i++) {
            response.at(100 + i, events[i]);
        }
        return response.at(900, STOP + DONE).end(901).stream.answer();
    }

    @Test
    void theSameText_hasTheSamePrint_howeverItCameInPieces() {
        long whole = print(content("one two"));
        assertThat(print(content("one"), content(" "), content("two"))).isEqualTo(whole);
        assertThat(print(delta("\"role\":\"assistant\",\"content\":\"one\""), content(" two")))
                .isEqualTo(whole);
        assertThat(print("data: {\"choices\":[{\"text\":\"one two\"}]}\n\n")).isEqualTo(whole);
    }

    @Test
    void anotherText_hasAnother() {
        assertThat(print(content("one two"))).isNotEqualTo(print(content("one tow")));
        assertThat(print(content("a"))).isNotEqualTo(print(content("a"), content("a")));
    }

    @Test
    void itIsFnv1aOfTheText() {
        assertThat(print(content("a"))).isEqualTo(0xaf63dc4c8601ec8cL);
    }

    @Test
    void withoutText_itIsUnknown() {
        assertThat(print()).isEqualTo(RequestRecord.UNKNOWN);
        assertThat(print(delta("\"tool_calls\":[{\"index\":0}]"))).isEqualTo(RequestRecord.UNKNOWN);
        assertThat(print(delta("\"reasoning_content\":\"c\""))).isEqualTo(RequestRecord.UNKNOWN);
        assertThat(print(content("a"), delta("\"tool_calls\":[{\"index\":0}]"))).isEqualTo(RequestRecord.UNKNOWN);
    }

    @Test
    void reasoningIsNoPartOfIt_whereverItStands() {
        long answer = print(content("one two"));
        assertThat(print(
                        delta("\"reasoning\":\"hm\""),
                        delta("\"content\":\"one\",\"reasoning\":\"hm\""),
                        content(" two")))
                .isEqualTo(answer);
        assertThat(print(content("<think>"), content("hm"), content("</think>\\n\\none"), content(" two")))
                .isEqualTo(answer);
        assertThat(print(delta("\"content\":[{\"type\":\"text\",\"text\":\"one\"},"
                        + "{\"type\":\"text\",\"text\":\" two\"}]")))
                .isEqualTo(answer);
    }
}
