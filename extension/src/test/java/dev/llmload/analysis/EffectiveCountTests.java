package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a count of requests that come together in time is worth. */
class EffectiveCountTests {
    private static final Dispersion THREE = new Dispersion(3, Double.POSITIVE_INFINITY, 20, false);

    @ParameterizedTest
    @CsvSource({"0, 59", "16, 500", "34, 500", "500, 500"})
    void independentRequests_haveTheExactBounds(long k, long n) {
        EffectiveCount count = EffectiveCount.of(k, n, Dispersion.NONE, 0.95);

        assertThat(count.lowerBound(0.95)).isCloseTo(Binomial.lowerBound(k, n, 0.95), within(1e-9));
        assertThat(count.upperBound(0.95)).isCloseTo(Binomial.upperBound(k, n, 0.95), within(1e-9));
        assertThat(count.interval(0.9).low()).isCloseTo(Binomial.interval(k, n, 0.9)[0], within(1e-9));
        assertThat(count.interval(0.9).high()).isCloseTo(Binomial.interval(k, n, 0.9)[1], within(1e-9));
    }

    @Test
    void dispersed_theyHaveTheBoundsOfFewer() {
        EffectiveCount count = EffectiveCount.of(48, 1500, THREE, 0.95);

        assertThat(count).isEqualTo(new EffectiveCount(16, 500));
        assertThat(count.upperBound(0.95)).isCloseTo(Binomial.upperBound(16, 500, 0.95), within(1e-9));
    }

    @Test
    void ofWhichNothingIsKnown_boundNothing() {
        EffectiveCount count = EffectiveCount.of(3, 10, new Dispersion(1, 0, 1, false), 0.95);

        assertThat(count.lowerBound(0.95)).isZero();
        assertThat(count.upperBound(0.95)).isEqualTo(1);
    }

    @Test
    void ranksOfAPercentile_areThoseOfFewer_stretched() {
        assertThat(EffectiveCount.percentileRanks(500, 500, 0.95, 0.95))
                .isEqualTo(Binomial.percentileRanks(500, 0.95, 0.95));
        long[] few = Binomial.percentileRanks(500, 0.95, 0.95);
        assertThat(EffectiveCount.percentileRanks(1000, 500.7, 0.95, 0.95)).containsExactly(2 * few[0], 2 * few[1]);
    }

    @Test
    void tooFewToBoundAPercentile_leaveItOpen() {
        assertThat(EffectiveCount.percentileRanks(500, 20, 0.95, 0.95)[1]).isEqualTo(501);
        assertThat(EffectiveCount.percentileRanks(500, 0.4, 0.95, 0.95)).containsExactly(0, 501);
    }

    @Test
    void aCountIsOneOfItsNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveCount.of(3, 2, Dispersion.NONE, 0.95))
                .withMessage("k must be 0 to n, and n at least 1, but they were 3 and 2");
    }

    private static EffectiveCount independent(long k, long n) {
        return EffectiveCount.of(k, n, Dispersion.NONE, 0.975);
    }

    @Test
    void scoreIntervals_areThoseOfWilson() {
        assertThat(independent(50, 50).wilson(0.95).low()).isCloseTo(0.928652, within(1e-6));
        assertThat(independent(50, 50).wilson(0.95).high()).isCloseTo(1, within(1e-12));
    }

    // Table II of Newcombe's paper, method 10.
    @ParameterizedTest
    @CsvSource({"48, 80, 56, 70, 0.0524, 0.3339", "3, 10, 9, 10, 0.1705, 0.8090", "0, 10, 10, 10, 0.6075, 1.0"})
    void differencesOfShares_areThoseOfNewcombe(long k, long n, long l, long m, double low, double high) {
        Range difference = independent(k, n).difference(independent(l, m), 0.95);

        assertThat(difference.low()).isCloseTo(low, within(5e-5));
        assertThat(difference.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void differencesOfWhatIsNotKnown_boundNothing() {
        assertThat(independent(1, 2).difference(new EffectiveCount(0, 0), 0.95)).isEqualTo(new Range(-1, 1));
    }
}
