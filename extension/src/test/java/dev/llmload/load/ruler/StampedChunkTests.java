package dev.llmload.load.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampedChunkTests {
    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
    }

    private static List<Long> stamps(ByteBuffer bytes) {
        List<Long> found = new ArrayList<>();
        byte[] text = text(bytes).getBytes(StandardCharsets.US_ASCII);
        Stamps.find(text, 0, text.length, (written, read) -> found.addAll(List.of(written, read)));
        return found;
    }

    @Test
    void everyTokenTellsWhenItIsWritten_andTheFirstWhenItsRequestWasRead() {
        StampedChunk chunk = new StampedChunk(3);
        long read = System.nanoTime();
        List<Long> stamps = stamps(chunk.now(read));
        long written = stamps.get(0);
        assertThat(written).isBetween(read, System.nanoTime());
        assertThat(stamps).containsExactly(written, read, written, 0L, written, 0L);
    }

    @Test
    void theNextOneIsTheSameBytes_withItsOwnInstants() {
        StampedChunk chunk = new StampedChunk(1);
        long first = stamps(chunk.now(System.nanoTime())).get(0);
        ByteBuffer next = chunk.now(0);
        assertThat(next.position()).as("nothing of it is written yet").isZero();
        assertThat(stamps(next)).hasSize(2).last().isEqualTo(0L);
        assertThat(stamps(next).get(0)).isGreaterThanOrEqualTo(first);
    }

    @Test
    void itIsOneChunkOfHttp() {
        String text = text(new StampedChunk(2).now(0));
        String data = text.substring(text.indexOf('\n') + 1, text.length() - 2);
        assertThat(text)
                .startsWith(Integer.toHexString(data.length()) + "\r\ndata: {")
                .endsWith("}\n\n\r\n");
        assertThat(data.split("\n\n")).hasSize(2);
    }
}
