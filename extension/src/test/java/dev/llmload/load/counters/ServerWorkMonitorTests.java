package dev.llmload.load.counters;

import static dev.llmload.testkit.Http.completion;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Api;
import dev.llmload.load.Load;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.ServerLog;
import dev.llmload.metric.ServerValue;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose work lies between two readings of a server's counters, and whether one server gave both. */
@Timeout(300)
class ServerWorkMonitorTests {
    private static final Instant BEGUN = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant ENDED = BEGUN.plusSeconds(40);
    private static final double LONG_AGO = 1_760_010_000;

    private static ServerCounters counters(double requests, double tokens, double active) {
        return counters(requests, tokens, active, Set.of(), Set.of());
    }

    private static ServerCounters counters(
            double requests, double tokens, double active, Set<Double> starts, Set<String> engines) {
        return new ServerCounters(
                "vLLM",
                new ServerIdentity(starts, engines),
                OptionalDouble.of(requests),
                OptionalDouble.of(tokens),
                OptionalDouble.of(active));
    }

    private static ServerCounters started(double at, double requests) {
        return counters(requests, 10 * requests, 0, Set.of(at), Set.of("0"));
    }

    @Nested
    class BetweenTwoReadings {
        private ServerWork between(ServerCounters before, ServerCounters after) {
            return ServerWorkMonitor.between(before, after, BEGUN, ENDED);
        }

        @Test
        void theDifferenceIsTheWork() {
            assertThat(between(counters(10, 100, 0), counters(16, 220, 0)))
                    .isEqualTo(new ServerWork("vLLM", OptionalDouble.of(6), OptionalDouble.of(120), "", "", ""));
        }

        @Test
        void aServerThatWasNotIdle_isSaidToBe() {
            assertThat(between(counters(1, 1, 2), counters(1, 1, 0)).doubt())
                    .isEqualTo("it was not idle before the level");
            assertThat(between(counters(1, 1, 0), counters(1, 1, 1)).doubt())
                    .isEqualTo("it was not idle after the level");
            assertThat(between(counters(1, 1, 2), counters(1, 1, 1)).doubt())
                    .isEqualTo("it was not idle before and after the level");
        }

        @Test
        void anotherStart_isAnotherServer() {
            assertThat(between(started(LONG_AGO, 10250), started(LONG_AGO + 30000, 51830)))
                    .isEqualTo(ServerWork.unknown(
                            "several servers answer behind one address: their processes started at different times"));
            assertThat(between(started(LONG_AGO + 30000, 51830), started(LONG_AGO, 10250)))
                    .isEqualTo(ServerWork.unknown(
                            "several servers answer behind one address: their processes started at different times"));
        }

        @Test
        void aStartWithinTheLevel_isARestart_whateverItCounts() {
            double within = BEGUN.getEpochSecond() + 12.34;
            ServerWork restarted =
                    ServerWork.restarted("the server was started anew during the level: what it did before"
                            + " that is in none of its counters");

            assertThat(between(started(LONG_AGO, 500), started(within, 20))).isEqualTo(restarted);
            assertThat(between(started(LONG_AGO, 20), started(within, 300))).isEqualTo(restarted);
        }

        @Test
        void aLaterStartThatIsNotWithinTheLevel_andCountersThatWentBack_mayBeEither() {
            assertThat(between(started(LONG_AGO, 500), started(LONG_AGO + 30000, 20)))
                    .isEqualTo(
                            ServerWork.unknown(
                                    "several servers answer behind one address, or the server was started"
                                            + " anew during the level: its counters went back, and its process started at another time"));
        }

        @Test
        void aStartThatIsDerivedAnewEachTime_mayMoveByASecond() {
            assertThat(between(started(LONG_AGO, 10), started(LONG_AGO + 1, 16)).requests())
                    .hasValue(6);
        }

        @Test
        void countersOfOneStart_neverFall() {
            assertThat(between(started(LONG_AGO, 10), started(LONG_AGO, 9)).reason())
                    .isEqualTo("several servers answer behind one address: readings of the counters go back and forth");
        }

        @Test
        void countersThatFell_withoutAStart_areARestartOrAnotherServer() {
            assertThat(between(counters(10, 100, 0), counters(9, 90, 0)).restart())
                    .isEqualTo(
                            "the server's counters went back: it was started anew during the level, or another server"
                                    + " answers behind its address");
        }

        @Test
        void enginesThatAreGone_areAnotherServers_newOnesAreNot() {
            ServerCounters first = counters(1, 1, 0, Set.of(), Set.of("0"));
            ServerCounters second = counters(7, 7, 0, Set.of(), Set.of("1"));
            ServerCounters both = counters(9, 9, 0, Set.of(), Set.of("0", "1"));

            assertThat(between(first, second).reason())
                    .isEqualTo("several servers answer behind one address: they have different engines");
            assertThat(between(first, both).requests()).hasValue(8);
            assertThat(between(both, counters(9, 9, 0)).requests()).hasValue(0);
        }
    }

    /** A level of 6 requests, each of 3 tokens; {@code pages} gives the n-th answer to {@code /metrics}, from 0. */
    private static ServerWork level(IntFunction<String> pages) {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                connection.send(
                        request.path().equals("/metrics")
                                ? response(200, "text/plain", pages.apply(asked.getAndIncrement()))
                                : goodAnswer());
            }
        })) {
            try (LoadSession session = LoadSession.open(
                    Load.endpoint(server.url(), "m", Api.CHAT, "", Timeouts.defaults()),
                    Load.request(),
                    1,
                    "T#t",
                    false,
                    new LoadListener() {})) {
                session.watchServer();
                // The first request of a JVM takes its time; a page of counters is waited for two seconds.
                session.preflight(Duration.ofSeconds(30));
                return session.run(Load.against(server.url()).requests(5).plan(), Load.prompts())
                        .serverWork();
            }
        }
    }

    @Nested
    class OverTheWire {
        private final String replicaA = ServerMetricsTests.page("replica-A");
        private final String replicaB = ServerMetricsTests.page("replica-B");

        private static String withoutStart(String page) {
            return page.replaceAll("(?m)^process_start_time_seconds .*\n", "");
        }

        @Test
        void replicasThatTakeTurns_areSeveralServers() {
            assertThat(level(n -> n % 2 == 0 ? replicaA : replicaB).reason())
                    .isEqualTo("several servers answer behind one address: their processes started at different times");
            assertThat(level(n -> n % 2 == 0 ? replicaB : replicaA).reason())
                    .isEqualTo("several servers answer behind one address: their processes started at different times");
        }

        @Test
        void oneBefore_andTheOtherAfter_areSeveralServers() {
            assertThat(level(n -> n < 3 ? replicaA : replicaB).reason())
                    .isEqualTo("several servers answer behind one address: their processes started at different times");
        }

        @Test
        void withoutAStart_idleCountersThatGoBackAndForth_areSeveralServers() {
            assertThat(level(n -> withoutStart(n % 2 == 0 ? replicaA : replicaB))
                            .reason())
                    .startsWith("several servers answer behind one address: readings of the counters");
        }

        @Test
        void withoutAStart_aSingleChangeMayBeSomebodyElsesRequest() {
            ServerWork work = level(n -> withoutStart(n == 0 ? replicaA : replicaB));
            assertThat(work.reason()).isEmpty();
            assertThat(work.requests()).hasValue(0);
        }

        @Test
        void serversOfDifferentModels_areSeveralServers() {
            String other = ServerMetricsTests.page("root-is-another-model");
            assertThat(level(n -> n % 2 == 0 ? replicaA : other).reason())
                    .isEqualTo("several servers answer behind one address: they serve different models");
        }

        @Test
        void aPageOfAnotherModel_isNotMeasured() {
            assertThat(level(n -> ServerMetricsTests.page("root-is-another-model"))
                            .reason())
                    .isEqualTo("the counters at /metrics are those of other/model-7b, not of m");
        }

        @Test
        void aServerThatIsStartedAnewDuringTheLevel_isNamed() {
            ServerWork work = level(n -> n < 3
                    ? replicaA
                    : replicaA.replace(
                                    "1760010000.0",
                                    Double.toString(Instant.now().getEpochSecond() - 1))
                            .replace("10250.0", "2.0"));
            assertThat(work.requests()).isEmpty();
            assertThat(work.restart())
                    .isEqualTo("the server was started anew during the level: what it did before that is in none of its"
                            + " counters");
        }

        @Test
        void dataParallelEngines_areSummed() {
            String second = replicaA.lines()
                    .filter(line -> line.contains("engine=\"0\""))
                    .map(line -> line.replace("engine=\"0\"", "engine=\"1\"") + "\n")
                    .collect(Collectors.joining());
            ServerWork work = level(n -> n < 3 ? replicaA + second : (replicaA + second).replace("10250.0", "10253.0"));
            assertThat(work.requests()).hasValue(6);
        }

        @Test
        void oneServer_isCounted() {
            ServerWork work = level(n -> n < 3 ? replicaA : replicaA.replace("10250.0", "10256.0"));
            assertThat(work.requests()).hasValue(6);
            assertThat(work.reason()).isEmpty();
            assertThat(work.log().engine()).isEqualTo("vLLM");
            assertThat(work.log().samples())
                    .isNotEmpty()
                    .allSatisfy(
                            sample -> assertThat(sample.of(ServerValue.RUNNING)).isZero());
        }

        @Test
        void whatSeveralServersSayMeanwhile_isNobodysSeries() {
            assertThat(level(n -> n < 3 ? replicaA : replicaB).log()).isEqualTo(ServerLog.NONE);
        }
    }

    /** With a pre-flight, which asks for the list of models. */
    @Test
    void aLoraAdapter_isCountedUnderItsBase() {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                connection.send(
                        switch (request.path()) {
                            case "/v1/models" ->
                                json(
                                        200,
                                        "{\"data\":[{\"id\":\"m\",\"root\":\"/m\"},"
                                                + "{\"id\":\"sql\",\"root\":\"/sql\",\"parent\":\"m\"}]}");
                            case "/metrics" ->
                                response(
                                        200,
                                        "text/plain",
                                        ServerMetricsTests.page("replica-A")
                                                .replace("10250.0", asked.getAndIncrement() < 3 ? "1" : "7"));
                            default -> request.body().contains("\"stream\":true") ? goodAnswer() : completion();
                        });
            }
        })) {
            try (LoadSession session = LoadSession.open(
                    Load.endpoint(server.url(), "sql", Api.CHAT, "", Timeouts.defaults()),
                    Load.request(),
                    1,
                    "T#t",
                    false,
                    new LoadListener() {})) {
                session.watchServer();
                session.preflight(Duration.ofSeconds(30));
                ServerWork work = session.run(
                                Load.against(server.url()).requests(5).plan(), Load.prompts())
                        .serverWork();
                assertThat(work.reason()).isEmpty();
                assertThat(work.requests()).hasValue(6);
            }
        }
    }

    @Test
    void aServerThatSaysNothingAfterTheLevel_isNotKnown() {
        ServerWork work = level(n -> n < 3 ? ServerMetricsTests.page("replica-A") : "");
        assertThat(work.reason()).isEqualTo("the server's counters could not be read again after the level");
    }
}
