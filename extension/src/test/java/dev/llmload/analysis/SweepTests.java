package dev.llmload.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.analysis.Sweep.Step;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Subject;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTests {
    @ParameterizedTest
    @CsvSource({
        "184.1, 756.9, 1457.8, 311.14, 92.60, 14.320, 14.018",
        "159.5, 631.3, 1133.8, 295.80, 79.60, 11.795, 10.050",
        "154.9, 660.7, 1160.4, 326.53, 75.63, 12.645, 9.994",
    })
    void gainsOfThePublishedRuns(
            double at10, double at50, double at100, double gain50, double gain100, double user50, double user100) {
        List<Step> steps = Sweep.of(List.of(level(10, at10), level(50, at50), level(100, at100)))
                .steps();

        assertThat(steps.get(1).gainOverPrevious() * 100).isCloseTo(gain50, within(0.005));
        assertThat(steps.get(2).gainOverPrevious() * 100).isCloseTo(gain100, within(0.005));
        assertThat(steps.get(1).gainPerUser()).isCloseTo(user50, within(0.0005));
        assertThat(steps.get(2).gainPerUser()).isCloseTo(user100, within(0.0005));
        assertThat(steps.get(2).gainOverFirst()).isCloseTo(at100 / at10 - 1, within(1e-12));
        assertThat(steps.get(2).perUser()).isCloseTo(at100 / 100, within(1e-12));
        assertThat(steps.get(2).scalingEfficiency()).isCloseTo(at100 / 100 / (at10 / 10), within(1e-12));
    }

    @Test
    void theFirstLevel_hasNoGains() {
        Step first = Sweep.of(List.of(level(10, 200))).steps().get(0);

        assertThat(first.gainOverFirst()).isNaN();
        assertThat(first.gainOverPrevious()).isNaN();
        assertThat(first.gainPerUser()).isNaN();
        assertThat(first.perUser()).isEqualTo(20);
        assertThat(first.scalingEfficiency()).isEqualTo(1);
    }

    @Test
    void levelsAreNeighboursByUsers_notByTheOrderInWhichTheyRan() {
        List<Step> steps = Sweep.of(List.of(level(100, 300), level(10, 100), level(50, 200)))
                .steps();

        assertThat(steps).extracting(step -> step.level().offered()).containsExactly(10.0, 50.0, 100.0);
        assertThat(steps.get(1).gainOverPrevious()).isEqualTo(1);
        assertThat(steps.get(2).gainOverPrevious()).isEqualTo(0.5);
        assertThat(steps.get(2).gainOverFirst()).isEqualTo(2);
        assertThat(steps.get(2).gainPerUser()).isEqualTo(2);
    }

    @Test
    void aLevelWithoutThroughput_leavesItsNeighboursWithoutGains() {
        List<Step> steps = Sweep.of(List.of(level(10, 100), level(20, Double.NaN), level(40, 300)))
                .steps();

        assertThat(steps.get(1).throughput()).isNaN();
        assertThat(steps.get(1).scalingEfficiency()).isNaN();
        assertThat(steps.get(2).gainOverPrevious()).isNaN();
        assertThat(steps.get(2).gainPerUser()).isNaN();
        assertThat(steps.get(2).gainOverFirst()).isEqualTo(2);
        assertThat(steps.get(2).scalingEfficiency()).isEqualTo(0.75);
    }

    @Test
    void aFirstLevelWithNothing_hasNothingToBeComparedWith() {
        List<Step> steps = Sweep.of(List.of(level(10, 0), level(20, 100))).steps();

        assertThat(steps.get(0).scalingEfficiency()).isNaN();
        assertThat(steps.get(1).gainOverFirst()).isNaN();
        assertThat(steps.get(1).scalingEfficiency()).isNaN();
        assertThat(steps.get(1).gainPerUser()).isEqualTo(10);
    }

    @Test
    void twoLevelsOfEquallyManyUsers_haveNoGainPerUser() {
        List<Step> steps = Sweep.of(List.of(level(10, 100), level(10, 110))).steps();

        assertThat(steps.get(1).gainPerUser()).isNaN();
        assertThat(steps.get(1).gainOverPrevious()).isCloseTo(0.1, within(1e-12));
    }

    private static LoadResult level(int users, double throughput) {
        Quantity quantity = Double.isNaN(throughput)
                ? Quantity.absent(Metric.THROUGHPUT, "no usage")
                : Quantity.of(Metric.THROUGHPUT, throughput);
        return Measurement.of(new Subject("T#m", "http://h/v1/chat/completions", "m", false), Level.users(users))
                .window(new Window(Window.Kind.STEADY, 0, 1, Duration.ofNanos(1), "test"))
                .quantities(Map.of(Metric.THROUGHPUT, quantity))
                .build();
    }
}
