package dev.llmload.result.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When values came that are too many to be kept. */
class ValuesInTimeTests {
    /** Bins are so wide at first. */
    private static final long BIN = 1L << 24;

    private static final double NANO = 1;

    private static long[] only(InTime values, double limit, int side) {
        return values.above(limit).get(side)[0];
    }

    @Test
    void valuesAreCountedInTheBinInWhichTheyCame() {
        ValuesInTime values = new ValuesInTime();
        values.add(0, 100);
        values.add(BIN - 1, 100);
        values.add(2 * BIN, 100);
        values.fail(BIN);

        InTime when = values.slices(NANO, 1);
        assertThat(when.all()).isEqualTo(new long[][] {{2, 0, 1}});
        assertThat(when.failures()).isEqualTo(new long[][] {{0, 1, 0}});
    }

    @Test
    void nothingAdded_isOneEmptySlice() {
        assertThat(new ValuesInTime().slices(NANO, 1).all()).isEqualTo(new long[][] {{0}});
    }

    @Test
    void slicesAreAsLongAsTheyMustBe() {
        ValuesInTime values = new ValuesInTime();
        for (int bin = 0; bin < 12; bin++) {
            values.add(bin * BIN, 1);
        }

        assertThat(values.slices(NANO, 3 * BIN).all()).isEqualTo(new long[][] {{3, 3, 3, 3}});
        // five do not come out even: two slices of six
        assertThat(values.slices(NANO, 4.5 * BIN).all()).isEqualTo(new long[][] {{6, 6}});
        assertThat(values.slices(NANO, 100 * BIN).all()).isEqualTo(new long[][] {{12}});
    }

    @Nested
    class Sizes {
        @Test
        void eightToAFactorOfTwo_andALimitIsBetweenTwoCounts() {
            ValuesInTime values = new ValuesInTime();
            // sizes are [64, 72), [72, 80), …
            values.add(0, 64);
            values.add(0, 70);
            values.add(0, 71);
            values.add(0, 72);

            InTime when = values.slices(NANO, 1);
            assertThat(only(when, 70, 0)).containsExactly(4);
            assertThat(only(when, 70, 1)).containsExactly(1);
            assertThat(only(when, 72, 0)).containsExactly(1);
            assertThat(only(when, 72, 1)).containsExactly(0);
        }

        @Test
        void aStepMayBeWorthMoreOrLess() {
            ValuesInTime values = new ValuesInTime();
            values.add(0, 50_000);

            InTime when = values.slices(0.001, 1);
            assertThat(only(when, 40, 1)).containsExactly(1);
            assertThat(only(when, 60, 0)).containsExactly(0);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 7, 8, 1000, 3_600_000_000_000L, Long.MAX_VALUE})
        void everySizeHasARoom(long size) {
            ValuesInTime values = new ValuesInTime();
            values.add(0, size);

            assertThat(only(values.slices(NANO, 1), size, 0)).containsExactly(1);
            assertThat(only(values.slices(NANO, 1), -1, 0)).containsExactly(1);
        }
    }

    @Nested
    class Width {
        @Test
        void itDoublesWhereARunOutgrowsTheBins_andNothingIsLost() {
            ValuesInTime values = new ValuesInTime();
            for (int bin = 0; bin < 300; bin++) {
                values.add(bin * BIN, bin);
                values.fail(bin * BIN);
            }

            InTime when = values.slices(NANO, 1);
            // 300 bins of 17 ms are 75 of 67 ms
            assertThat(when.all()[0]).hasSize(75).containsOnly(4);
            assertThat(when.failures()[0]).hasSize(75).containsOnly(4);
        }

        @Test
        void whatIsOlderThanTheFirstFits() {
            ValuesInTime values = new ValuesInTime();
            values.add(0, 1);
            values.add(-200 * BIN, 1);

            long[] all = values.slices(NANO, 1).all()[0];
            assertThat(all).hasSize(101);
            assertThat(all[0] + all[100]).isEqualTo(2);
        }

        @Test
        void severalLoopsAddUp_whateverTheirWidth() {
            ValuesInTime one = new ValuesInTime();
            ValuesInTime other = new ValuesInTime();
            ValuesInTime both = new ValuesInTime();
            for (int bin = 0; bin < 1000; bin++) {
                (bin < 100 ? one : other).add(bin * BIN, 1 + bin % 50);
                both.add(bin * BIN, 1 + bin % 50);
            }

            ValuesInTime joined = one.copy();
            joined.addAll(other);
            ValuesInTime theOtherWay = other.copy();
            theOtherWay.addAll(one);
            long[] expected = only(both.slices(NANO, 1), 20, 1);
            assertThat(only(joined.slices(NANO, 1), 20, 1)).isEqualTo(expected);
            assertThat(only(theOtherWay.slices(NANO, 1), 20, 1)).isEqualTo(expected);
            assertThat(Arrays.stream(one.slices(NANO, 1).all()[0]).sum()).isEqualTo(100);
        }
    }

    @Test
    void severalRunsFollowEachOther() {
        ValuesInTime values = new ValuesInTime();
        values.add(0, 64);
        InTime coarse = values.slices(NANO, 1);
        InTime exact = Slices.of(new double[] {60, 90}, new double[] {90, 60}, new int[] {1, 0}, new int[] {0, 1})
                .of(new double[] {60, 90});

        InTime both = InTime.joined(java.util.List.of(coarse, exact));
        assertThat(both.all()).isEqualTo(new long[][] {{1}, {1, 1}});
        assertThat(both.failures()).isEqualTo(new long[][] {{0}, {0, 1}});
        assertThat(both.above(65)).containsExactly(new long[][] {{1}, {0, 1}}, new long[][] {{0}, {0, 1}});
    }
}
