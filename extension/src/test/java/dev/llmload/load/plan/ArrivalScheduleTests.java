package dev.llmload.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.llmload.junit.Arrivals;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScheduleTests {
    private static ArrivalSchedule schedule(ArrivalProcess process, double perSecond, long seed) {
        return new ArrivalSchedule(process, RateCourse.steady(perSecond), seed);
    }

    @Test
    void constant_isAGridFromTheStart() {
        ArrivalSchedule schedule = schedule(ArrivalProcess.CONSTANT, 500, 1);

        for (long i = 0; i < 1000; i++) {
            assertThat(schedule.next()).isEqualTo(i * 2_000_000);
        }
    }

    @Test
    void roundingDoesNotAddUp() {
        // A third of a second is no whole number of nanoseconds: after a million requests it must still be right.
        ArrivalSchedule schedule = schedule(ArrivalProcess.CONSTANT, 3, 1);
        long last = 0;
        for (int i = 0; i <= 999_999; i++) {
            last = schedule.next();
        }

        assertThat(last).isEqualTo(333_333_000_000_000L);
    }

    @Test
    void theSameSeed_isTheSameSchedule_anotherIsAnother() {
        long[] first = instants(schedule(ArrivalProcess.POISSON, 200, 7), 100);

        assertThat(instants(schedule(ArrivalProcess.POISSON, 200, 7), 100)).isEqualTo(first);
        assertThat(instants(schedule(ArrivalProcess.POISSON, 200, 8), 100)).isNotEqualTo(first);
        assertThat(first).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_126})
    void poissonGaps_areExponential(long seed) {
        long[] at = instants(schedule(ArrivalProcess.POISSON, 200, seed), 4001);
        double[] gaps = new double[4000];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (at[i + 1] - at[i]) / 1e9;
        }

        double p =
                new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new ExponentialDistribution(null, 1 / 200.0), gaps);

        assertThat(p)
                .as("Kolmogorov-Smirnov against the exponential distribution")
                .isGreaterThan(0.01);
        assertThat(DoubleStream.of(gaps).average().orElseThrow()).isCloseTo(1 / 200.0, withinPercentage(4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1, 4, 10})
    void gammaGaps_haveTheDistributionOfTheirBurstiness_andTheMeanOfTheRate(double burstiness) {
        long[] at = instants(schedule(ArrivalProcess.gamma(burstiness), 200, 42), 4001);
        double[] gaps = new double[4000];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (at[i + 1] - at[i]) / 1e9;
        }

        GammaDistribution wanted = new GammaDistribution(null, burstiness, 1 / (200 * burstiness));
        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(wanted, gaps))
                .as("Kolmogorov-Smirnov against the gamma distribution")
                .isGreaterThan(0.01);
        double mean = DoubleStream.of(gaps).average().orElseThrow();
        assertThat(mean).isCloseTo(1 / 200.0, withinPercentage(6));
        double variance = DoubleStream.of(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow();
        assertThat(variance / (mean * mean) * burstiness).isCloseTo(1, withinPercentage(15));
    }

    @Test
    void theSameSeed_drawsTheSameGammaGaps() {
        ArrivalProcess bursts = ArrivalProcess.gamma(0.5);
        long[] first = instants(schedule(bursts, 200, 7), 100);

        assertThat(instants(schedule(bursts, 200, 7), 100)).isEqualTo(first).isSorted();
        assertThat(instants(schedule(bursts, 200, 8), 100)).isNotEqualTo(first);
    }

    @Test
    void aBurstinessThatMeansNothing_isRefused() {
        assertThatThrownBy(() -> ArrivalProcess.gamma(0)).hasMessage("burstiness must be above 0, but was 0.0");
        assertThatThrownBy(() -> new ArrivalProcess(Arrivals.POISSON, 2))
                .hasMessage("burstiness belongs to GAMMA arrivals, but they are POISSON and it is 2.0");
    }

    /** 10 a second for a second, then to 30 a second within ten: 10, 200 and 30 each second after. */
    @Nested
    class ARamp {
        private final RateCourse rise = RateCourse.ramp(10, 30, 1e9, 10e9);
        private final RateCourse fall = RateCourse.ramp(30, 10, 1e9, 10e9);

        @Test
        void hasItsFirstRateBefore_theMeanWithin_andItsLastAfter() {
            assertThat(rise.nanosAt(0)).isZero();
            assertThat(rise.nanosAt(5)).isEqualTo(0.5e9);
            assertThat(rise.nanosAt(10)).isEqualTo(1e9);
            assertThat(rise.nanosAt(210)).isCloseTo(11e9, within(1.0));
            assertThat(rise.nanosAt(240)).isCloseTo(12e9, within(1.0));
        }

        @Test
        void risesEvenly() {
            // Half of its time: 10 · 5 + 2 · 5² / 2 = 75 have come.
            assertThat(rise.nanosAt(10 + 75)).isCloseTo(6e9, within(1.0));
        }

        @Test
        void fallsEvenly() {
            // Half of its time: 30 · 5 − 2 · 5² / 2 = 125 have come.
            assertThat(fall.nanosAt(30 + 125)).isCloseTo(6e9, within(1.0));
            assertThat(fall.nanosAt(30 + 200)).isCloseTo(11e9, within(1.0));
            assertThat(fall.nanosAt(30 + 200 + 10)).isCloseTo(12e9, within(1.0));
        }

        @Test
        void ofConstantArrivals_isAGridThatGetsDenser() {
            long[] at = instants(new ArrivalSchedule(ArrivalProcess.CONSTANT, rise, 1), 241);
            assertThat(at).isSorted();
            assertThat(LongStream.of(at).filter(nanos -> nanos < 1_000_000_000L).count())
                    .isEqualTo(10);
            assertThat(LongStream.of(at)
                            .filter(nanos -> nanos >= 1_000_000_000L && nanos < 10_999_999_999L)
                            .count())
                    .isEqualTo(200);
        }
    }

    private static long[] instants(ArrivalSchedule schedule, int count) {
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = schedule.next();
        }
        return at;
    }
}
