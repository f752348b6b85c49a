package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateSizeTests {
    @ParameterizedTest
    @CsvSource({"0.1, 180", "0.05, 390", "0.01, 1960"})
    void isThatOfTheDefinitions(double permitted, long requests) {
        assertThat(GateSize.requests(permitted, 0.95)).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.95", "0.05, 0.95", "0.05, 0.99", "0.02, 0.9"})
    void aReleaseAtHalfThePermittedShare_passesEightTimesInTen(double permitted, double confidence) {
        int n = (int) GateSize.requests(permitted, confidence);
        int most = -1;
        while (Binomial.upperBound(most + 1, n, confidence) <= permitted) {
            most++;
        }
        assertThat(BinomialDistribution.of(n, permitted / 2).cumulativeProbability(most))
                .isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void aShareThatNoRunCanShow_hasANumberAllTheSame() {
        assertThat(GateSize.requests(1e-6, 0.95)).isBetween(10_000_000L, 100_000_000L);
    }

    @Test
    void whatIsNoShare_isRefused() {
        assertThatThrownBy(() -> GateSize.requests(0, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 0.0");
        assertThatThrownBy(() -> GateSize.requests(0.05, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
