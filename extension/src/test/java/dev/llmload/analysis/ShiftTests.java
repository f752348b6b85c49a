package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTests {
    private static double[] exponential(SplittableRandom random, int n, double shift) {
        return random.doubles(n).map(u -> shift - Math.log1p(-u)).toArray();
    }

    @Test
    void itIsTheMedianOfAllDifferences() {
        Shift shift = Shift.of(RankTestTests.A, RankTestTests.B, 0.95);

        assertThat(shift.estimate()).isEqualTo(5);
        assertThat(shift.interval()).isEqualTo(new Range(-1, 11));
        assertThat(shift.isShown()).isFalse();
        assertThat(Shift.of(RankTestTests.B, RankTestTests.A, 0.95).estimate()).isEqualTo(-5);
    }

    @Test
    void differencesAreCounted_asIfTheyHadBeenWrittenOut() {
        SplittableRandom random = new SplittableRandom(7);
        double[] first = exponential(random, 37, 0);
        double[] second = exponential(random, 21, -0.5);
        double[] all = Arrays.stream(first)
                .flatMap(x -> Arrays.stream(second).map(y -> y - x))
                .sorted()
                .toArray();
        Differences differences = new Differences(first, second);

        for (int rank = 1; rank <= all.length; rank++) {
            assertThat(differences.at(rank)).isEqualTo(all[rank - 1]);
        }
    }

    /** Ranks of Hollander and Wolfe's interval, as R's wilcox.test has them. */
    @ParameterizedTest
    @CsvSource({"10, 10, 0.025, 24", "5, 5, 0.025, 3", "4, 4, 0.025, 1", "3, 3, 0.025, 0", "8, 12, 0.025, 23"})
    void theIntervalsRanks_areThoseOfTheExactDistribution(int n, int m, double tail, long rank) {
        assertThat(Shift.lowerRank(n, m, tail)).isEqualTo(rank);
    }

    @Test
    void exactAndApproximateRanks_meet() {
        assertThat((double) Shift.lowerRank(50, 50, 0.025)).isEqualTo(Shift.lowerRank(51, 50, 0.025), within(30.0));
    }

    @Test
    void tooFewValues_boundNothing() {
        Shift shift = Shift.of(new double[] {1, 2, 3}, new double[] {11, 12, 13}, 0.95);

        assertThat(shift.estimate()).isEqualTo(10);
        assertThat(shift.interval()).isEqualTo(new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        assertThat(shift.isShown()).isFalse();
    }

    @Test
    void constantSamples_haveAConstantShift() {
        double[] sevens = new double[60];
        double[] nines = new double[80];
        Arrays.fill(sevens, 7);
        Arrays.fill(nines, 9);

        assertThat(Shift.of(sevens, nines, 0.95)).isEqualTo(new Shift(2, new Range(2, 2)));
        assertThat(Shift.of(sevens, sevens, 0.95)).isEqualTo(new Shift(0, new Range(0, 0)));
    }

    @Test
    void largeSamples_areComparedWhole() {
        SplittableRandom random = new SplittableRandom(3);
        Shift shift = Shift.of(exponential(random, 200_000, 0), exponential(random, 200_000, 0.1), 0.95);

        assertThat(shift.estimate()).isCloseTo(0.1, within(0.01));
        assertThat(shift.interval().low()).isBetween(0.08, 0.1);
        assertThat(shift.interval().high()).isBetween(0.1, 0.12);
    }

    @ParameterizedTest
    @CsvSource({"12, 15", "60, 90"})
    void theIntervalHoldsTheTrueShift_asOftenAsItSays(int n, int m) {
        int held = 0;
        for (int seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Range interval = Shift.of(exponential(random, n, 0), exponential(random, m, 0.3), 0.95)
                    .interval();
            held += interval.low() <= 0.3 && 0.3 <= interval.high() ? 1 : 0;
        }
        assertThat(held).isBetween(935, 975);
    }

    @Test
    void whatHasNoDifference_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shift.of(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}, 0.95))
                .withMessage("a shift takes finite values, but one was not");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shift.of(new double[0], new double[] {1}, 0.95))
                .withMessage("a comparison takes at least one value on each side, but there were 0 and 1");
    }
}
