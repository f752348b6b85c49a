package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoxTests {
    @Test
    void cellsOfAColumn_endAtItsRight() {
        assertThat(Box.columns(6, 8, List.of("run", "109 ms", "97.0 %"))).isEqualTo("run     109 ms  97.0 %");
    }

    @Test
    void aCellThatFillsItsColumn_doesNotTouchTheOneBefore() {
        assertThat(Box.columns(6, 8, List.of("run", "12345 ms", "99.9996 %"))).isEqualTo("run    12345 ms 99.9996 %");
    }
}
