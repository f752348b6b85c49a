package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By how much a level's numbers may be wrong: a request is sent with 0.5 ms of doubt, its tokens are read with 2 and 3. */
class MeasurementErrorsTests {
    private static Requests late(double millis) {
        return sent(millis).late(0.5, 2, 3);
    }

    private static double best(LoadResult result, Metric metric) {
        Distribution values = result.error().best(metric).orElseThrow();
        return metric.kind().inUnit(values.percentile(50));
    }

    @ParameterizedTest
    @CsvSource({
        "TTFT, 17.5",
        "SERVICE_TTFT, 17.5",
        "TTFO, 17.5",
        "E2E, 96.5",
        "SERVICE_E2E, 96.5",
        "TTFB, 5",
        "TPOT, 15.4",
        "DISPATCH_DELAY, 0",
    })
    void eachLatencyHasItsLowerEnd(Metric metric, double millis) {
        assertThat(best(level(late(0)).assemble(), metric)).isCloseTo(millis, within(1e-9));
    }

    @Test
    void eachSpeedHasItsUpperEnd() {
        LoadResult result = level(late(0)).assemble();
        assertThat(best(result, Metric.OUTPUT_SPEED)).isCloseTo(1000 / 15.4, within(1e-9));
        assertThat(best(result, Metric.REQUEST_SPEED)).isCloseTo(6 / 0.0965, within(1e-9));
    }

    @Test
    void whatTwoReadingsBound_hasAnotherEndOnTheOtherSide() {
        LoadResult result = level(late(0)).assemble();
        assertThat(result.error().worst(Metric.TPOT).orElseThrow().percentile(50) / 1e6)
                .isCloseTo(16.4, within(1e-9));
        assertThat(result.error().worst(Metric.OUTPUT_SPEED).orElseThrow().percentile(50))
                .isCloseTo(1000 / 16.4, within(1e-9));
        assertThat(result.error().worst(Metric.TTFT)).isEmpty();
    }

    @Test
    void gapsAreShorterByWhatTheirEndMayBeLate() {
        LoadResult result = level(late(0)).assemble();
        assertThat(result.distribution(Metric.ITL).percentile(50) / 1e6).isCloseTo(16, within(0.02));
        assertThat(best(result, Metric.ITL)).isCloseTo(14, within(0.02));
    }

    @Test
    void noLatencyIsBelowNothing_andFailedOnesStillCount() {
        Distribution ttft = level(sent(0).late(0, 100, 100), failed(10, Outcome.RESET, 200))
                .assemble()
                .error()
                .best(Metric.TTFT)
                .orElseThrow();
        assertThat(ttft.max()).isZero();
        assertThat(ttft.failed()).isEqualTo(1);
    }

    @Test
    void inAnOpenLoop_theClientsPartOfTheDelayIsItsOwn() {
        LoadResult result = level(sent(7).scheduled(0).connect(2).late(0.5, 2, 3))
                .perSecond(1)
                .assemble();
        assertThat(result.distribution(Metric.TTFT).percentile(50) / 1e6)
                .as("from the schedule")
                .isEqualTo(27);
        assertThat(best(result, Metric.TTFT))
                .as("less 5 of 7 ms, and the bounds")
                .isEqualTo(19.5);
        assertThat(best(result, Metric.SERVICE_TTFT)).isEqualTo(17.5);
        assertThat(result.error().clientShare()).as("it has no users").isZero();
    }

    @Test
    void clientShare_isItsBoundsAndDelays_overTheUsersTime() {
        // One user who is in session all the time: ten answers of 100 ms, 3.5 ms of doubt each.
        LoadResult result = level(
                        IntStream.range(0, 10).mapToObj(i -> late(100 * i)).toList())
                .assemble();
        assertThat(result.error().clientShare()).isCloseTo(0.035, within(1e-9));
    }

    @Test
    void whereTheSentinelWasLaterThanTheBoundsSay_itSpeaks() {
        List<Requests> ten = IntStream.range(0, 10).mapToObj(i -> late(100 * i)).toList();
        Sentinel larger = new Sentinel(100, 1_000_000, 5_000_000, 9_000_000, 9_000_000);
        Sentinel smaller = new Sentinel(100, 1_000_000, 1_900_000, 9_000_000, 9_000_000);
        assertThat(best(level(ten).sentinel(larger).assemble(), Metric.TTFT))
                .as("3 ms more at p95")
                .isEqualTo(14.5);
        assertThat(best(level(ten).sentinel(smaller).assemble(), Metric.TTFT)).isEqualTo(17.5);
        assertThat(level(ten).sentinel(smaller).assemble().error().sentinel()).contains(smaller);
    }
}
