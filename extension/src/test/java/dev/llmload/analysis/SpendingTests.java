package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each look at a growing sample may err. */
class SpendingTests {
    @ParameterizedTest
    @CsvSource({"0.95, 1, 0.975", "0.95, 2, 0.9875", "0.95, 3, 0.99375", "0.99, 1, 0.995"})
    void eachLookSpendsHalfOfWhatIsLeft(double inAll, int look, double confidence) {
        assertThat(Spending.confidence(inAll, look)).isCloseTo(confidence, within(1e-12));
    }

    @Test
    void allLooksTogether_spendNoMoreThanThereIs() {
        double spent = IntStream.rangeClosed(1, 40)
                .mapToDouble(look -> 1 - Spending.confidence(0.95, look))
                .sum();

        assertThat(spent).isLessThanOrEqualTo(0.05 + 1e-12);
    }

    @Test
    void looksAreCountedFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spending.confidence(0.95, 0))
                .withMessage("looks are numbered from 1, but there was 0");
    }
}
