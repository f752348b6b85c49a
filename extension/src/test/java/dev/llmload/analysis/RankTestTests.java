package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankTestTests {
    static final double[] A =
            IntStream.range(0, 10).mapToDouble(i -> 101 + 2 * i).toArray();
    static final double[] B =
            IntStream.range(0, 10).mapToDouble(i -> 106 + 2 * i).toArray();

    @Test
    void smallSamplesWithoutTies_haveTheExactProbability() {
        RankTest test = RankTest.of(A, B);

        assertThat(test.u()).isEqualTo(28);
        assertThat(test.p()).isEqualTo(0.10512243174781874, within(1e-15));
        assertThat(test.shows(0.95)).isFalse();
        assertThat(test.shows(0.89)).isTrue();
    }

    @Test
    void sidesMayBeSwapped() {
        assertThat(RankTest.of(B, A).u()).isEqualTo(72);
        assertThat(RankTest.of(B, A).p()).isEqualTo(RankTest.of(A, B).p(), within(1e-15));
    }

    @Test
    void tiesCountHalf() {
        assertThat(RankTest.of(new double[] {1, 2, 2}, new double[] {2, 3}).u()).isEqualTo(1);
    }

    @Test
    void whereAllIsEqual_nothingIsShown() {
        assertThat(RankTest.of(new double[] {7, 7, 7}, new double[] {7, 7})).isEqualTo(new RankTest(3, 1));
    }

    @Test
    void aFailedRequestRanksAboveEveryLatency() {
        double none = Double.POSITIVE_INFINITY;
        assertThat(RankTest.of(new double[] {1, 2, none}, new double[] {3, 4, 5})
                        .u())
                .isEqualTo(3);
    }

    @Test
    void whatHasNoRank_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankTest.of(new double[0], B))
                .withMessage("a comparison takes at least one value on each side, but there were 0 and 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankTest.of(A, new double[] {Double.NaN}))
                .withMessage("a sample must not hold NaN, which has no rank");
    }

    @Test
    void ofEqualSources_oneInTwentyIsTakenForDifferent() {
        int shown = 0;
        for (int seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] one = random.doubles(80).map(u -> -Math.log1p(-u)).toArray();
            double[] other = random.doubles(120).map(u -> -Math.log1p(-u)).toArray();
            shown += RankTest.of(one, other).shows(0.95) ? 1 : 0;
        }
        assertThat(shown).isBetween(30, 70);
    }
}
