package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much more a count scatters over time than one of independent requests would. */
class DispersionTests {
    private static final double TINY = 1e-9;

    /** So many slices of ten requests. */
    private static long[] tens(int slices) {
        long[] all = new long[slices];
        Arrays.fill(all, 10);
        return all;
    }

    private static long[] each(int slices, long count) {
        long[] counted = new long[slices];
        Arrays.fill(counted, count);
        return counted;
    }

    private static Dispersion ofRun(long... counted) {
        return Dispersion.of(new long[][] {counted}, new long[][] {tens(counted.length)});
    }

    /** Ten slow ones in each of the first slices, none later. */
    private static long[] first(int slow, int slices) {
        long[] counted = new long[slices];
        Arrays.fill(counted, 0, slow, 10);
        return counted;
    }

    @Nested
    class Factor {
        @Test
        void evenlySpread_itIsNothing_andDividesByOne() {
            Dispersion even = ofRun(each(20, 1));

            assertThat(even.factor()).isZero();
            assertThat(even.degrees()).isEqualTo(19);
            assertThat(even.divisor(0.95)).isEqualTo(1);
        }

        @Test
        void itIsPearsonsOfTheBlocks() {
            // share 0.1: two blocks are 9 off, eighteen are 1 off; (2 · 81/10 + 18 · 1/10) / (0.1 · 0.9) / 19
            assertThat(ofRun(first(2, 20)).factor()).isCloseTo(200.0 / 19, within(TINY));
        }

        @Test
        void whatIsKnownFromFewBlocks_isHeldAgainstStudentsT() {
            // t and normal quantile of 95 %: 1.729133 with 19 degrees of freedom, 1.644854
            assertThat(ofRun(first(2, 20)).divisor(0.95))
                    .isCloseTo(200.0 / 19 * Math.pow(1.729133 / 1.644854, 2), within(1e-4));
        }

        @Test
        void noneOrAllCounted_tellNothingOfIt() {
            assertThat(ofRun(each(20, 0)).divisor(0.95)).isEqualTo(1);
            assertThat(ofRun(each(20, 10)).divisor(0.95)).isEqualTo(1);
        }

        @Test
        void aSingleBlock_makesNothingCount() {
            assertThat(ofRun(3).divisor(0.95)).isInfinite();
        }

        @ParameterizedTest
        @CsvSource({"19, 19", "20, 20", "39, 39", "40, 20", "59, 29", "1000, 20"})
        void aRunHasTwentyBlocks_ifItHasAsManySlices(int slices, int blocks) {
            assertThat(ofRun(each(slices, 1)).blocks()).isEqualTo(blocks);
        }

        @Test
        void emptySlices_areNoEvidence() {
            long[] all = tens(20);
            all[7] = 0;
            long[] counted = each(20, 1);
            counted[7] = 0;

            assertThat(Dispersion.of(new long[][] {counted}, new long[][] {all}))
                    .returns(0.0, Dispersion::factor)
                    .returns(18.0, Dispersion::degrees);
        }
    }

    @Nested
    class Runs {
        private Dispersion of(long... perSlice) {
            long[][] counted =
                    Arrays.stream(perSlice).mapToObj(count -> each(20, count)).toArray(long[][]::new);
            long[][] all = Arrays.stream(perSlice).mapToObj(count -> tens(20)).toArray(long[][]::new);
            return Dispersion.of(counted, all);
        }

        @Test
        void runsThatAreAlike_addNothing() {
            assertThat(of(1, 1, 1).factor()).isZero();
            assertThat(of(1, 1, 1).degrees()).isCloseTo(57, within(TINY));
        }

        @Test
        void runsThatLieApart_areTheDispersion_knownFromThemAlone() {
            Dispersion apart = of(0, 1, 2);

            // 200 · (0.01 + 0 + 0.01) / 0.09 / 2, of which 1 is chance
            double total = 200 * 0.02 / 0.09 / 2;
            assertThat(apart.factor()).isCloseTo(total, within(TINY));
            assertThat(apart.degrees())
                    .isCloseTo(total * total / (1 / 57.0 + (total - 1) * (total - 1) / 2), within(TINY));
        }
    }

    @Nested
    class RunsWhoseOwnIsKnown {
        private static final Dispersion THREE = new Dispersion(3, 19, 20, false);

        @Test
        void theirsIsWeighedByItsDegreesOfFreedom() {
            Dispersion one = new Dispersion(1, 57, 60, false);

            assertThat(Dispersion.ofRuns(new long[] {5, 5}, new long[] {100, 100}, List.of(THREE, one)))
                    .isEqualTo(new Dispersion(1.5, 76, 80, false));
        }

        @Test
        void runsThatAreAlikeAndIndependent_haveNone() {
            assertThat(Dispersion.ofRuns(
                                    new long[] {5, 5}, new long[] {100, 100}, List.of(Dispersion.NONE, Dispersion.NONE))
                            .divisor(0.95))
                    .isEqualTo(1);
        }

        @Test
        void runsThatLieApart_addWhatTheirOwnDoesNotExplain() {
            // 100 · 2 · 0.05² / (0.1 · 0.9) = 5.556, of which 1 is chance
            Dispersion apart = Dispersion.ofRuns(
                    new long[] {5, 15}, new long[] {100, 100}, List.of(Dispersion.NONE, Dispersion.NONE));

            assertThat(apart.factor()).isCloseTo(100 * 2 * 0.0025 / 0.09, within(TINY));
            assertThat(apart.degrees()).isCloseTo(Math.pow(apart.factor() / (apart.factor() - 1), 2), within(TINY));
        }
    }

    @Nested
    class SlowBlock {
        @Test
        void oneAmongFew_leavesOpenWhetherItIsTheRule() {
            assertThat(ofRun(0, 0, 3, 0, 0))
                    .returns(true, Dispersion::slowBlock)
                    .returns(true, Dispersion::isUnclear);
        }

        @Test
        void twoSlowRequestsInOneBlock_areChance() {
            // one of five blocks has both in a fifth of all cases
            assertThat(ofRun(0, 0, 2, 0, 0).isUnclear()).isFalse();
        }

        @Test
        void amongTenBlocks_itIsPartOfTheDispersion() {
            assertThat(ofRun(first(1, 10))).returns(true, Dispersion::slowBlock).returns(false, Dispersion::isUnclear);
        }

        @Test
        void evenlySpread_thereIsNone() {
            assertThat(ofRun(each(5, 2)).slowBlock()).isFalse();
        }
    }
}
