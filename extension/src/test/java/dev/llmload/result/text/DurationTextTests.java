package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTests {
    @ParameterizedTest
    @CsvSource({
        "500000000, 500 ms",
        "1500000000, 1.5 s",
        "60000000000, 1 m",
        "90000000000, 90 s",
        "7200000000000, 2 h",
        "1000, 1 µs",
        "3, 3 ns",
        "77476000, 77.5 ms",
        "0, 0 ms"
    })
    void itIsWrittenForAReader(long nanos, String written) {
        assertThat(DurationText.of(Duration.ofNanos(nanos))).isEqualTo(written);
    }
}
