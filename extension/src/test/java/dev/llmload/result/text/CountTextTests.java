package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTextTests {
    @Test
    void oneIsSingular_andNoneIsNot() {
        assertThat(CountText.of(0, "GPU")).isEqualTo("0 GPUs");
        assertThat(CountText.of(1, "output token")).isEqualTo("1 output token");
        assertThat(CountText.of(12_345, "output token")).isEqualTo("12345 output tokens");
    }

    @Test
    void theVerbGoesWithTheCount() {
        assertThat(CountText.of(1, "row", "was", "were")).isEqualTo("1 row was");
        assertThat(CountText.of(2, "row", "was", "were")).isEqualTo("2 rows were");
        assertThat(CountText.form(1, "it", "them")).isEqualTo("it");
        assertThat(CountText.form(0, "it", "them")).isEqualTo("them");
    }
}
