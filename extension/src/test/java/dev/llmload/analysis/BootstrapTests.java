package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTests {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private static double[] exponential(SplittableRandom random, int n, double mean) {
        return random.doubles(n).map(u -> -mean * Math.log1p(-u)).toArray();
    }

    private static Bootstrap.Side run(double... values) {
        return new Bootstrap.Side(RankedValues.of(values));
    }

    private static double[] upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToDouble(i -> i).toArray();
    }

    /** Resampling the long way round, as in the textbook. */
    @ParameterizedTest
    @CsvSource({"40, 0.5", "40, 0.95", "200, 0.95", "7, 0.9", "1, 0.5"})
    void percentilesOfDraws_areDistributedAsIfTheyHadBeenDrawn(int n, double q) {
        double[] values = upTo(n);
        PercentileResampling resampling = new PercentileResampling(RankedValues.of(values), n, q);
        int draws = 20_000;
        SplittableRandom random = new SplittableRandom(1);
        double[] quick = new double[draws];
        double[] slow = new double[draws];
        for (int i = 0; i < draws; i++) {
            quick[i] = resampling.draw(random);
            double[] drawn =
                    random.ints(n, 0, n).mapToDouble(at -> values[at]).sorted().toArray();
            slow[i] = drawn[(int) PercentileResampling.rank(q, n) - 1];
        }

        Arrays.sort(quick);
        Arrays.sort(slow);
        assertThat(Arrays.stream(quick).average().orElseThrow())
                .isCloseTo(Arrays.stream(slow).average().orElseThrow(), within(n * 0.005));
        for (double p : new double[] {0.025, 0.25, 0.5, 0.75, 0.975}) {
            int at = (int) (p * draws);
            assertThat(quick[at]).isCloseTo(slow[at], within(1.0));
        }
    }

    @Test
    void theSameSeed_givesTheSameInterval() {
        Bootstrap.Side one = run(upTo(100));
        Bootstrap.Side other = run(Arrays.stream(upTo(100)).map(v -> v * 2).toArray());

        Bootstrap first = Bootstrap.ofPercentile(one, other, 0.95, 0.95, 42);
        assertThat(Bootstrap.ofPercentile(one, other, 0.95, 0.95, 42)).isEqualTo(first);
        assertThat(first.ratio().low()).isBetween(1.7, 2.0);
        assertThat(first.ratio().high()).isBetween(2.0, 2.3);
        assertThat(first.isShown()).isTrue();
    }

    @Test
    void constantSamples_differByExactlyTheirDifference() {
        Bootstrap same = Bootstrap.ofPercentile(run(5, 5, 5), run(5, 5), 0.5, 0.95, 1);
        Bootstrap other = Bootstrap.ofPercentile(run(4, 4, 4), run(5, 5), 0.5, 0.95, 1);

        assertThat(same).isEqualTo(new Bootstrap(new Range(0, 0), new Range(1, 1)));
        assertThat(same.isShown()).isFalse();
        assertThat(other).isEqualTo(new Bootstrap(new Range(1, 1), new Range(1.25, 1.25)));
    }

    @Test
    void aRankOnAFailedRequest_boundsNothingOnItsSide() {
        Bootstrap failing = Bootstrap.ofPercentile(run(1, 1, 1, 1), run(2, 2, NONE, NONE), 0.5, 0.95, 1);
        Bootstrap both = Bootstrap.ofPercentile(run(NONE), run(NONE), 0.5, 0.95, 1);

        assertThat(failing.difference()).isEqualTo(new Range(1, NONE));
        assertThat(both.difference()).isEqualTo(new Range(-NONE, NONE));
        assertThat(both.isShown()).isFalse();
    }

    /** A hundred of ten thousand, as often as a hundred alone. */
    @Test
    void fewIndependentValues_areResampledAsFew() {
        RankedValues many = RankedValues.of(upTo(10_000));
        Range few = Bootstrap.ofPercentile(run(5000), new Bootstrap.Side(many, 100.7), 0.5, 0.95, 1)
                .difference();

        // median of 100 uniform values: standard deviation 5 % of the range
        assertThat(few.low()).isCloseTo(-980, within(120.0));
        assertThat(few.high()).isCloseTo(980, within(120.0));
    }

    @Test
    void lessThanOneIndependentValue_boundsNothing() {
        assertThat(Bootstrap.ofPercentile(run(1, 2), new Bootstrap.Side(RankedValues.of(upTo(9)), 0.5), 0.5, 0.95, 1)
                        .ratio())
                .isEqualTo(new Range(-NONE, NONE));
    }

    @ParameterizedTest
    @CsvSource({"100, 0.5", "200, 0.95", "500, 0.95"})
    void theIntervalHoldsTheTrueRatio_aboutAsOftenAsItSays(int n, double q) {
        int held = 0;
        for (int seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Range ratio = Bootstrap.ofPercentile(
                            run(exponential(random, n, 1)), run(exponential(random, n, 1.2)), q, 0.95, seed)
                    .ratio();
            held += ratio.low() <= 1.2 && 1.2 <= ratio.high() ? 1 : 0;
        }
        assertThat(held).isBetween(366, 394);
    }

    @Test
    void nothingToDrawFrom_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(), run(1), 0.5, 0.95, 1))
                .withMessage("a side of a comparison takes at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(1), run(1), 1, 0.95, 1))
                .withMessage("a percentile must be above 0 and below 1 here, but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(1), run(1), 0.5, 0.5, 1))
                .withMessage("confidence must be above 0.5 and below 1, but was 0.5");
    }
}
