package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.at;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.metric.check.ServerWork;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ServerMeasurement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the server said of itself, in the window from 1000 to 4000 ms. */
class ServerSeriesTests {
    private static ServerSample said(long millis, Object... valuesByName) {
        Map<ServerValue, Double> values = new EnumMap<>(ServerValue.class);
        for (int i = 0; i < valuesByName.length; i += 2) {
            values.put((ServerValue) valuesByName[i], ((Number) valuesByName[i + 1]).doubleValue());
        }
        return new ServerSample(at(millis), values);
    }

    private static LoadResult result(ServerLog log) {
        ServerWork work = new ServerWork("vLLM", OptionalDouble.of(1), OptionalDouble.of(10), "", "", "");
        return level(sent(1000))
                .window(1000, 4000)
                .run(0, 5000)
                .serverWork(work.with(log))
                .assemble();
    }

    private static LoadResult result(ServerSample... samples) {
        return result(new ServerLog("vLLM", List.of(samples), 0, ""));
    }

    @Test
    void gauges_areTheMeanAndTheHighestOfTheReadingsInTheWindow() {
        LoadResult result = result(
                said(500, ServerValue.RUNNING, 90, ServerValue.KV_CACHE_USAGE, 0.9),
                said(1500, ServerValue.RUNNING, 4, ServerValue.WAITING, 0, ServerValue.KV_CACHE_USAGE, 0.25),
                said(2500, ServerValue.RUNNING, 8, ServerValue.WAITING, 3, ServerValue.KV_CACHE_USAGE, 0.75),
                said(4500, ServerValue.RUNNING, 70));

        assertThat(result.serverRunning().value()).isEqualTo(6);
        assertThat(result.serverRunningMax().value()).isEqualTo(8);
        assertThat(result.serverWaiting().value()).isEqualTo(1.5);
        assertThat(result.serverWaitingMax().value()).isEqualTo(3);
        assertThat(result.kvCacheUsage().value()).isEqualTo(0.5);
        assertThat(result.kvCacheUsageMax().value()).isEqualTo(0.75);
    }

    @Test
    void counters_areReadFromTheLastReadingBeforeTheWindowToTheFirstAfterIt() {
        LoadResult result = result(
                said(100, ServerValue.PREEMPTIONS, 1, ServerValue.PREFIX_HITS, 0, ServerValue.PREFIX_QUERIES, 1000),
                said(900, ServerValue.PREEMPTIONS, 5, ServerValue.PREFIX_HITS, 100, ServerValue.PREFIX_QUERIES, 2000),
                said(3900, ServerValue.PREEMPTIONS, 7, ServerValue.PREFIX_HITS, 500, ServerValue.PREFIX_QUERIES, 3000),
                said(4100, ServerValue.PREEMPTIONS, 8, ServerValue.PREFIX_HITS, 600, ServerValue.PREFIX_QUERIES, 3000),
                said(
                        5100,
                        ServerValue.PREEMPTIONS,
                        50,
                        ServerValue.PREFIX_HITS,
                        600,
                        ServerValue.PREFIX_QUERIES,
                        9000));

        assertThat(result.preemptions().value()).isEqualTo(3);
        assertThat(result.prefixHitRate().value()).isEqualTo(0.5);
    }

    @Test
    void acceptanceLength_isTheAcceptedTokensOfAStepAndOne() {
        assertThat(result(
                                said(500, ServerValue.DRAFTS, 10, ServerValue.ACCEPTED_TOKENS, 30),
                                said(4500, ServerValue.DRAFTS, 110, ServerValue.ACCEPTED_TOKENS, 180))
                        .acceptanceLength()
                        .value())
                .isCloseTo(2.5, within(1e-12));
    }

    @Test
    void whereAnEngineGivesOnlyTheRatio_itsMeanServes() {
        LoadResult result = result(
                said(1500, ServerValue.PREFIX_HIT_RATE, 0.2, ServerValue.ACCEPTANCE_LENGTH, 3),
                said(2500, ServerValue.PREFIX_HIT_RATE, 0.4, ServerValue.ACCEPTANCE_LENGTH, 4));

        assertThat(result.prefixHitRate().value()).isCloseTo(0.3, within(1e-12));
        assertThat(result.acceptanceLength().value()).isEqualTo(3.5);
    }

    @Test
    void aServerThatBeginsToCountAnew_losesOneStretchOnly() {
        LoadResult result = result(
                said(500, ServerValue.PREEMPTIONS, 100),
                said(1500, ServerValue.PREEMPTIONS, 104),
                said(2500, ServerValue.PREEMPTIONS, 0),
                said(3500, ServerValue.PREEMPTIONS, 2));

        assertThat(result.preemptions().value()).isEqualTo(6);
        assertThat(result.server().orElseThrow().readings())
                .extracting(ServerMeasurement.Reading::preemptions)
                .containsExactly(Double.NaN, 4.0, Double.NaN, 2.0);
    }

    @Test
    void readings_areOnTheRequestsClock_andCountSinceTheOneBefore() {
        List<ServerMeasurement.Reading> readings = result(
                        said(500, ServerValue.RUNNING, 1, ServerValue.PREFIX_HITS, 0, ServerValue.PREFIX_QUERIES, 0),
                        said(
                                1500,
                                ServerValue.RUNNING,
                                2,
                                ServerValue.PREFIX_HITS,
                                30,
                                ServerValue.PREFIX_QUERIES,
                                120),
                        said(
                                2500,
                                ServerValue.RUNNING,
                                3,
                                ServerValue.PREFIX_HITS,
                                30,
                                ServerValue.PREFIX_QUERIES,
                                120))
                .server()
                .orElseThrow()
                .readings();

        assertThat(readings).extracting(ServerMeasurement.Reading::nanos).containsExactly(at(500), at(1500), at(2500));
        assertThat(readings).extracting(ServerMeasurement.Reading::running).containsExactly(1.0, 2.0, 3.0);
        assertThat(readings)
                .extracting(ServerMeasurement.Reading::prefixHitRate)
                .containsExactly(Double.NaN, 0.25, Double.NaN);
    }

    @Test
    void whatItDoesNotSay_isAbsent_andSoIsWhatFellBesideTheWindow() {
        LoadResult result = result(said(500, ServerValue.RUNNING, 1, ServerValue.KV_CACHE_USAGE, 0.5));

        assertThat(result.preemptions()).returns("the server's own page does not say", Quantity::absentReason);
        assertThat(result.kvCacheUsage())
                .returns("no reading of the server's own page fell into the window", Quantity::absentReason);
    }

    @Test
    void ofAServerWithoutAPage_allIsAbsent_withItsReason() {
        LoadResult result = level(sent(0)).assemble();

        assertThat(result.server()).isEmpty();
        assertThat(Metric.numbers())
                .filteredOn(metric -> metric.source() == Metric.Source.SERVER)
                .hasSize(9)
                .allSatisfy(metric -> assertThat(result.quantity(metric).absentReason())
                        .isEqualTo("the server's own counters were not read"));
    }

    @Test
    void missedReadings_areANote() {
        assertThat(result(new ServerLog("vLLM", List.of(said(1500, ServerValue.RUNNING, 1)), 3, "it answered 503"))
                        .notes())
                .contains("The server's own page was not read in 3 of 4 attempts (it answered 503), so its series has"
                        + " gaps.");
        assertThat(result(said(1500, ServerValue.RUNNING, 1)).notes()).noneMatch(note -> note.contains("own page"));
    }
}
