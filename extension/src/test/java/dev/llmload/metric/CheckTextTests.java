package dev.llmload.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTextTests {
    @ParameterizedTest
    @CsvSource({"0, 0", "0.04, <0.1", "0.05, 0.1", "18.416, 18.4", "12, 12", "99.96, 100", "1234567.89, 1234567.9"})
    void aNumber_hasOneDecimalAtMost(double value, String words) {
        assertThat(CheckText.number(value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 10", // equal may look equal
        "10.001, 10, 10.001",
        "9.96, 10, 9.96",
        "5.01, 5, 5.01",
        "7.308, 5, 7.3",
        "0.04, 5, <0.1",
        "10.0000000001, 10, 10" // nobody needs more than six
    })
    void aValueAndTheLimitItIsNotEqualTo_neverLookAlike(double value, double limit, String words) {
        assertThat(CheckText.number(value, limit)).isEqualTo(words);
    }

    @Test
    void units() {
        assertThat(CheckText.percent(0.16012)).isEqualTo("16 %");
        assertThat(CheckText.percent(0.9, 90)).isEqualTo("90 %");
        assertThat(CheckText.millis(18_416_000)).isEqualTo("18.4 ms");
    }
}
