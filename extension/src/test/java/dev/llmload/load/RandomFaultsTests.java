package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of what {@code .ci/faults random} does with more requests. */
@Timeout(180)
class RandomFaultsTests {
    @Test
    void whateverAServerDoes_eachRequestIsCountedOnce_asWhatItWas() {
        assertThat(RandomFaults.run(800, 42)).contains("OK=", "RESET=", "PROTOCOL=", "WRONG_ANSWER=");
    }
}
