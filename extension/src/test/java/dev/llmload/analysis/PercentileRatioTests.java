package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sure the ratio of a percentile of two samples is. */
class PercentileRatioTests {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private static double[] exponential(SplittableRandom random, int n, double mean) {
        return random.doubles(n).map(u -> -mean * Math.log1p(-u)).toArray();
    }

    private static PercentileRatio.Side run(double... values) {
        return new PercentileRatio.Side(RankedValues.of(values));
    }

    private static double[] upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToDouble(i -> i).toArray();
    }

    private static double[] same(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    @Nested
    class OfOneSideThatIsKnown {
        /** Enough equal values say for certain where the percentile is; the other side's interval is all there is. */
        private final PercentileRatio.Side one = run(same(1000, 1));

        @ParameterizedTest
        @CsvSource({"500, 0.5, 0.95", "500, 0.95, 0.95", "100, 0.9, 0.9", "200, 0.95, 0.99"})
        void theIntervalIsThatOfTheOrderStatistics(int n, double q, double confidence) {
            long[] ranks = Binomial.percentileRanks(n, q, confidence);

            assertThat(PercentileRatio.of(one, run(upTo(n)), q, confidence)).isEqualTo(new Range(ranks[0], ranks[1]));
        }

        @Test
        void theOtherWayRound_itIsTheInverse() {
            long[] ranks = Binomial.percentileRanks(500, 0.5, 0.95);

            assertThat(PercentileRatio.of(run(upTo(500)), one, 0.5, 0.95))
                    .isEqualTo(new Range(1.0 / ranks[1], 1.0 / ranks[0]));
        }

        @Test
        void fewIndependentValues_countAsFew() {
            long[] ranks = Binomial.percentileRanks(100, 0.5, 0.95);

            PercentileRatio.Side few = new PercentileRatio.Side(RankedValues.of(upTo(10_000)), 100.7);
            assertThat(PercentileRatio.of(one, few, 0.5, 0.95)).isEqualTo(new Range(100 * ranks[0], 100 * ranks[1]));
        }

        /** 0.95^58 is above 5 % and 0.95^59 below: that is the chance that all values lie below the true p95. */
        @Test
        void aPercentileThatTheValuesMayAllLieBelow_hasNoUpperEnd() {
            assertThat(PercentileRatio.of(one, run(upTo(58)), 0.95, 0.9).high()).isInfinite();
            assertThat(PercentileRatio.of(one, run(upTo(59)), 0.95, 0.9).high()).isEqualTo(59);
        }
    }

    @Test
    void ofTwoValuesASide_theEndsAreCountedByHand() {
        // the median lies below both, between or above: 1/4, 1/2, 1/4 on each side
        Range ratio = PercentileRatio.of(run(10, 20), run(10, 20), 0.5, 0.6);

        // lower ends 0, 10, 20 by 10, 20, ∞: 20/10 1/16, 10/10 or 20/20 3/16, 10/20 4/16, and 8/16 are 0
        assertThat(ratio.low()).isZero();
        // upper ends 10, 20, ∞ by 0, 10, 20: ∞ in 7/16; 80 % lie below nothing less
        assertThat(ratio.high()).isInfinite();
    }

    @Test
    void constantSamples_haveExactlyTheirRatio() {
        assertThat(PercentileRatio.of(run(same(9, 5)), run(same(8, 5)), 0.5, 0.95))
                .isEqualTo(new Range(1, 1));
        assertThat(PercentileRatio.of(run(same(9, 4)), run(same(8, 5)), 0.5, 0.95))
                .isEqualTo(new Range(1.25, 1.25));
    }

    @Test
    void aRankThatMayFallOnAFailedRequest_hasNoUpperEnd() {
        double[] half = same(20, 2);
        Arrays.fill(half, 11, 20, NONE);

        Range failing = PercentileRatio.of(run(same(20, 1)), run(half), 0.5, 0.95);
        assertThat(failing).isEqualTo(new Range(2, NONE));
        assertThat(PercentileRatio.of(run(half), run(same(20, 1)), 0.5, 0.95)).isEqualTo(new Range(0, 0.5));
        assertThat(PercentileRatio.of(run(NONE), run(NONE), 0.5, 0.95)).isEqualTo(new Range(0, NONE));
    }

    @Test
    void lessThanOneIndependentValue_boundsNothing() {
        PercentileRatio.Side nothing = new PercentileRatio.Side(RankedValues.of(upTo(9)), 0.5);

        assertThat(PercentileRatio.of(run(1, 2), nothing, 0.5, 0.95)).isEqualTo(new Range(0, NONE));
    }

    @ParameterizedTest
    @CsvSource({"25, 0.95", "100, 0.5", "200, 0.95", "500, 0.95"})
    void theIntervalHoldsTheTrueRatio_atLeastAsOftenAsItSays(int n, double q) {
        int held = 0;
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Range ratio = PercentileRatio.of(run(exponential(random, n, 1)), run(exponential(random, n, 1.2)), q, 0.95);
            held += ratio.low() <= 1.2 && 1.2 <= ratio.high() ? 1 : 0;
        }
        // 95 %, less what the trials themselves may show
        assertThat(held).isGreaterThanOrEqualTo(371);
    }

    @Test
    void aMillionValues_takeAMoment() {
        PercentileRatio.Side many = run(upTo(1_000_000));

        Range ratio = PercentileRatio.of(many, many, 0.5, 0.95);
        // each median is known to ± 0.1 % of the range (one standard deviation), their ratio to 0.14 %
        assertThat(ratio.high() - 1).isCloseTo(1.96 * 2 * 0.0005 * Math.sqrt(2), within(1e-4));
        assertThat(1 - ratio.low()).isCloseTo(1.96 * 2 * 0.0005 * Math.sqrt(2), within(1e-4));
    }

    @Test
    void nothingToCompare_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentileRatio.of(run(), run(1), 0.5, 0.95))
                .withMessage("a side of a comparison takes at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentileRatio.of(run(1), run(1), 1, 0.95))
                .withMessage("a percentile must be above 0 and below 1 here, but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PercentileRatio.of(run(1), run(1), 0.5, 0.5))
                .withMessage("confidence must be above 0.5 and below 1, but was 0.5");
    }
}
