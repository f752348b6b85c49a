package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
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

    private static List<RankedValues> run(double... values) {
        return List.of(RankedValues.of(values));
    }

    private static double[] upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToDouble(i -> i).toArray();
    }

    /** Resampling the long way round, as in the textbook. */
    @ParameterizedTest
    @CsvSource({"40, 0.5", "40, 0.95", "200, 0.95", "7, 0.9", "1, 0.5"})
    void percentilesOfDraws_areDistributedAsIfTheyHadBeenDrawn(int n, double q) {
        double[] values = upTo(n);
        PercentileResampling resampling = new PercentileResampling(RankedValues.of(values), q);
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
        List<RankedValues> one = run(upTo(100));
        List<RankedValues> other = run(Arrays.stream(upTo(100)).map(v -> v * 2).toArray());

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

    @Test
    void whatDiffersFromRunToRun_isPartOfTheInterval() {
        List<RankedValues> one = run(upTo(400));
        List<RankedValues> steady =
                List.of(RankedValues.of(upTo(400)), RankedValues.of(upTo(400)), RankedValues.of(upTo(400)));
        List<RankedValues> restless =
                List.of(RankedValues.of(upTo(300)), RankedValues.of(upTo(400)), RankedValues.of(upTo(500)));

        Range narrow = Bootstrap.ofPercentile(one, steady, 0.95, 0.95, 1).difference();
        Range wide = Bootstrap.ofPercentile(one, restless, 0.95, 0.95, 1).difference();
        assertThat(wide.high() - wide.low()).isGreaterThan(3 * (narrow.high() - narrow.low()));
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
                .isThrownBy(() -> Bootstrap.ofPercentile(List.of(), run(1), 0.5, 0.95, 1))
                .withMessage("a side of a comparison takes at least one run, each with a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(), run(1), 0.5, 0.95, 1))
                .withMessage("a side of a comparison takes at least one run, each with a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(1), run(1), 1, 0.95, 1))
                .withMessage("a percentile must be above 0 and below 1 here, but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofPercentile(run(1), run(1), 0.5, 0.5, 1))
                .withMessage("confidence must be above 0.5 and below 1, but was 0.5");
    }
}
