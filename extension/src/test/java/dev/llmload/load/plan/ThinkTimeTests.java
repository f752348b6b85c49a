package dev.llmload.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ThinkTimeTests {
    private static final long MILLI = 1_000_000;

    private static ThinkTime millis(long least, long most) {
        return new ThinkTime(Duration.ofMillis(least), Duration.ofMillis(most), 42);
    }

    @Test
    void pausesAreUniform_andTheSameForTheSameUser() {
        ThinkTime time = millis(500, 2000);
        ThinkTime.Pauses pauses = time.ofUser(3);
        long[] drawn = LongStream.range(0, 4000).map(i -> pauses.next()).toArray();
        ThinkTime.Pauses again = time.ofUser(3);

        assertThat(drawn[0]).isEqualTo(again.next()).isNotEqualTo(time.ofUser(4).next());
        assertThat(LongStream.of(drawn)).allMatch(pause -> pause >= 500 * MILLI && pause <= 2000 * MILLI);
        assertThat(LongStream.of(drawn).average().orElseThrow() / MILLI).isBetween(1230.0, 1270.0);
        assertThat(LongStream.of(drawn).filter(pause -> pause < 875 * MILLI).count())
                .isBetween(930L, 1070L);
    }

    @Test
    void aRangeThatIsNone_isRefused() {
        assertThatThrownBy(() -> millis(2, 1))
                .hasMessage("a think time must not end before it begins, but was PT0.002S to PT0.001S");
    }
}
