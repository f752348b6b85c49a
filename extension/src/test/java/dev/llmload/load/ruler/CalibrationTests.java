package dev.llmload.load.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTests {
    @Test
    void itSaysHowLateAFirstTokenIsTold_andHowManyTokensACoreReads() {
        Ruler ruler =
                Calibration.run(Duration.ofMillis(300), Duration.ofMillis(100)).orElseThrow();
        assertThat(ruler.ttftP50Millis()).isPositive();
        assertThat(ruler.ttftP99Millis()).isGreaterThanOrEqualTo(ruler.ttftP50Millis());
        assertThat(ruler.tokensPerCoreSecond()).isNotZero();
    }

    @Test
    void unitTestsDoWithout() {
        assertThat(Calibration.known()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0912|0.604|1618000|TTFT +0.091 ms (p50), +0.6 ms (p99), good for 1.6 M tokens/s a core",
                "1.26|10|98765|TTFT +1.3 ms (p50), +10 ms (p99), good for 98 765 tokens/s a core",
                "-0.01|0.5|NaN|TTFT −0.01 ms (p50), +0.5 ms (p99)",
            })
    void inWords(double p50, double p99, double rate, String words) {
        assertThat(new Ruler(p50, p99, rate).words()).isEqualTo(words);
    }
}
