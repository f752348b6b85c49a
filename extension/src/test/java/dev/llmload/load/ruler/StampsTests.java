package dev.llmload.load.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampsTests {
    private final List<Long> found = new ArrayList<>();

    private void find(String text, int offset, int length) {
        Stamps.find(text.getBytes(StandardCharsets.US_ASCII), offset, length, (written, read) -> {
            found.add(written);
            found.add(read);
        });
    }

    private void find(String text) {
        find(text, 0, text.length());
    }

    @Test
    void whatIsWritten_isFound() {
        long now = System.nanoTime();
        find("x" + Stamps.token(now, now - 5) + "}\n\n" + Stamps.token(now + 7, 0) + "y");
        assertThat(found).containsExactly(now, now - 5, now + 7, 0L);
    }

    @Test
    void onlyWhatLiesInTheBuffer_isFound() {
        long now = System.nanoTime();
        String text = Stamps.token(now, 0) + Stamps.token(now + 1, 0);
        find(text, 1, text.length() - 1);
        assertThat(found).as("the first one is cut").containsExactly(now + 1, 0L);
        found.clear();
        find(text, 0, text.length() / 2 - 30);
        assertThat(found).as("its digits are cut").isEmpty();
    }

    @Test
    void otherContent_isNone() {
        find("{\"content\":\" word\"},\"finish_reason\":null}]}{\"content\":\"w=\"}");
        assertThat(found).isEmpty();
    }
}
