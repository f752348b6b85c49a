package dev.llmload.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.llmload.junit.Arrivals;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScheduleTests {
    @Test
    void constant_isAGridFromTheStart() {
        ArrivalSchedule schedule = new ArrivalSchedule(Arrivals.CONSTANT, 500, 1);

        for (long i = 0; i < 1000; i++) {
            assertThat(schedule.next()).isEqualTo(i * 2_000_000);
        }
    }

    @Test
    void roundingDoesNotAddUp() {
        // A third of a second is no whole number of nanoseconds: after a million requests it must still be right.
        ArrivalSchedule schedule = new ArrivalSchedule(Arrivals.CONSTANT, 3, 1);
        long last = 0;
        for (int i = 0; i <= 999_999; i++) {
            last = schedule.next();
        }

        assertThat(last).isEqualTo(333_333_000_000_000L);
    }

    @Test
    void theSameSeed_isTheSameSchedule_anotherIsAnother() {
        long[] first = instants(new ArrivalSchedule(Arrivals.POISSON, 200, 7), 100);

        assertThat(instants(new ArrivalSchedule(Arrivals.POISSON, 200, 7), 100)).isEqualTo(first);
        assertThat(instants(new ArrivalSchedule(Arrivals.POISSON, 200, 8), 100)).isNotEqualTo(first);
        assertThat(first).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_126})
    void poissonGaps_areExponential(long seed) {
        long[] at = instants(new ArrivalSchedule(Arrivals.POISSON, 200, seed), 4001);
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

    private static long[] instants(ArrivalSchedule schedule, int count) {
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = schedule.next();
        }
        return at;
    }
}
