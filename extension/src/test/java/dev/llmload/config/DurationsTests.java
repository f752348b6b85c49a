package dev.llmload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {
    @ParameterizedTest
    @CsvSource({
        "500ms, 500000000",
        "2s, 2000000000",
        "1.5 s, 1500000000",
        "1m, 60000000000",
        "3 min, 180000000000",
        "1h, 3600000000000",
        "250 us, 250000",
        "7 ns, 7",
        "' 10S ', 10000000000",
        "0ms, 0"
    })
    void aNumberAndAUnit_isThatManyNanoseconds(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1 day", "1,5 s", "1e3 s", "PT5S"})
    void anythingElse_isRefusedWithTheRuleAndTheValue(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage(
                        "a duration must be a number and a unit (ms, s, m, h), for example \"500ms\" or \"2s\", but was \""
                                + text + "\"");
    }

    @Test
    void aDurationOfCenturies_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("99999999h"))
                .withMessageContaining("below 292 years");
    }
}
