package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SaturationFitTests {
    private static final double[] USERS = {10, 50, 100};

    static List<JsonNode> sets() throws IOException {
        try (InputStream in = SaturationFitTests.class.getResourceAsStream("saturation.json")) {
            JsonNode sets = new ObjectMapper().readTree(in).get("sets");
            return StreamSupport.stream(sets.spliterator(), false).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void theReferencesRuns_toAMillionth(JsonNode set) {
        SaturationFit fit = fit(numbers(set.get("users")), numbers(set.get("throughput")));

        assertThat(fit.vmax()).isCloseTo(set.get("vmax").asDouble(), withinPercentage(1e-4));
        assertThat(fit.k()).isCloseTo(set.get("k").asDouble(), withinPercentage(1e-4));
        assertThat(fit.rSquared()).isCloseTo(set.get("r2").asDouble(), within(1e-6));
        assertThat(fit.sse()).isCloseTo(set.get("sse").asDouble(), within(6e-4));
        assertThat(fit.degreesOfFreedom()).isEqualTo(set.get("degreesOfFreedom").asInt());
        assertThat(fit.isIndicative()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void theReferencesRuns_asItsReportsPrintThem(JsonNode set) {
        SaturationFit fit = fit(numbers(set.get("users")), numbers(set.get("throughput")));

        JsonNode printed = set.get("printed");
        assertThat(fit.vmax()).isCloseTo(printed.get("vmax").asDouble(), withinPercentage(0.3));
        assertThat(fit.k()).isCloseTo(printed.get("k").asDouble(), withinPercentage(0.3));
        assertThat(fit.usersAt(0.95)).isCloseTo(printed.get("users95").asDouble(), withinPercentage(0.3));
    }

    @ParameterizedTest
    @CsvSource({
        "184.1, 756.9, 1457.8, 1740, Infinity",
        "159.5, 631.3, 1133.8, 1326, Infinity",
        "154.9, 660.7, 1160.4, 2598, 41409",
    })
    void threeLevels_hardlyDetermineWhereThroughputLevelsOff(
            double at10, double at50, double at100, double low, double high) {
        Range vmax = fit(USERS, at10, at50, at100).vmax95();

        assertThat(vmax.low()).isCloseTo(low, withinPercentage(0.1));
        if (Double.isInfinite(high)) {
            assertThat(vmax.isBounded()).isFalse();
        } else {
            assertThat(vmax.high()).isCloseTo(high, withinPercentage(0.1));
        }
    }

    @Nested
    class OnSixLevelsOfAKnownCurve {
        private final double[] users = {5, 10, 25, 50, 100, 200};

        private double[] noisy(long seed, double share) {
            Random random = new Random(seed);
            return DoubleStream.of(users)
                    .map(u -> 2000 * u / (40 + u) + 2000 * share * random.nextGaussian())
                    .toArray();
        }

        @Test
        void itIsFoundExactly_whereThereIsNoNoise() {
            SaturationFit fit = fit(users, noisy(1, 0));

            assertThat(fit.vmax()).isCloseTo(2000, within(1e-6));
            assertThat(fit.k()).isCloseTo(40, within(1e-6));
            assertThat(fit.rSquared()).isCloseTo(1, within(1e-12));
            assertThat(fit.at(40)).isCloseTo(1000, within(1e-6));
            assertThat(fit.usersAt(0.95)).isCloseTo(760, within(1e-4));
            assertThat(fit.isIndicative()).isFalse();
            assertThat(fit.reach()).isEqualTo(400);
        }

        @Test
        void theIntervalHoldsTheTruth_aboutAsOftenAsItSays() {
            long vmax = 0;
            long k = 0;
            long curve = 0;
            for (int seed = 0; seed < 200; seed++) {
                SaturationFit fit = fit(users, noisy(seed, 0.02));
                vmax += holds(fit.vmax95(), 2000) ? 1 : 0;
                k += holds(fit.k95(), 40) ? 1 : 0;
                curve += holds(fit.band(75), 2000.0 * 75 / 115) ? 1 : 0;
            }

            // 95 % of 200 is 190; the binomial's standard deviation is 3.1.
            assertThat(vmax).isBetween(180L, 199L);
            assertThat(k).isBetween(180L, 199L);
            assertThat(curve).isBetween(180L, 199L);
        }

        @Test
        void theFitItselfLiesWithinItsIntervals() {
            SaturationFit fit = fit(users, noisy(7, 0.03));

            assertThat(holds(fit.vmax95(), fit.vmax())).isTrue();
            assertThat(holds(fit.k95(), fit.k())).isTrue();
            for (double u = 1; u <= fit.reach(); u += 13) {
                assertThat(holds(fit.band(u), fit.at(u))).as("at %s", u).isTrue();
            }
        }
    }

    @Test
    void whatGrowsInProportion_hasNoLimitToBeFound() {
        assertThat(SaturationFit.of(USERS, new double[] {100, 500, 1000})).isEmpty();
        assertThat(SaturationFit.of(USERS, new double[] {100, 520, 1100})).isEmpty();
    }

    @Test
    void whatDoesNotGrow_hasNoCurve() {
        assertThat(SaturationFit.of(USERS, new double[] {500, 500, 500})).isEmpty();
        assertThat(SaturationFit.of(USERS, new double[] {900, 700, 500})).isEmpty();
    }

    @Test
    void twoLevelsAreNoFit() {
        assertThat(SaturationFit.of(new double[] {10, 50}, new double[] {100, 300}))
                .isEmpty();
    }

    @Test
    void whatCannotBeFitted_isRefused() {
        assertThatThrownBy(() -> SaturationFit.of(new double[] {10, 10, 20}, new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("users must rise from above 0 and throughput be above 0, but level 2 has 10.0 and 2.0");
        assertThatThrownBy(() -> SaturationFit.of(new double[] {10, 20}, new double[] {1}))
                .hasMessage("users and throughput must be of one length, but were 2 and 1");
    }

    private static boolean holds(Range range, double value) {
        return range.low() <= value && value <= range.high();
    }

    private static SaturationFit fit(double[] users, double... throughput) {
        return SaturationFit.of(users, throughput).orElseThrow();
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
