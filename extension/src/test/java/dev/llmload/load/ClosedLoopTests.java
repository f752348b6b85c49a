package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.check.ClientHealth;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Outcome;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots, window and drain, over real sockets. */
@Timeout(300)
class ClosedLoopTests {
    static ScriptedServer good() {
        return ScriptedServer.start(ClosedLoopTests::serve);
    }

    private static void serve(Connection connection) throws Exception {
        while (true) {
            connection.request();
            connection.send(goodAnswer());
        }
    }

    /** Nothing lost: every attempt has one record, numbered without a gap, and each is one of the three kinds. */
    static void assertNothingLost(Load.Outcomes outcomes) {
        long recorded = outcomes.level().recorders().stream()
                .mapToLong(recorder -> recorder.records().size())
                .sum();
        assertThat(outcomes.all()).hasSize((int) recorded);
        Set<Integer> numbers =
                outcomes.all().stream().map(RequestRecord::n).collect(Collectors.toCollection(TreeSet::new));
        assertThat(numbers).hasSize(outcomes.all().size());
        assertThat(numbers.stream().mapToInt(Integer::intValue).sum()).isEqualTo((int) (recorded * (recorded - 1) / 2));
        long succeeded = outcomes.count(Outcome.OK);
        long failed =
                outcomes.all().stream().filter(r -> r.outcome().isFailure()).count();
        assertThat(succeeded + failed + outcomes.count(Outcome.CUT)).isEqualTo(recorded);
    }

    @Nested
    class WindowTests {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void exactlySoManyRequestsAreMeasured_allSentWithinTheWindow(int loops) {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(7)
                        .requests(100)
                        .loops(loops)
                        .run();
                Window window = outcomes.level().steady();
                assertThat(outcomes.level().windowOpened()).isTrue();
                assertThat(window.endedBy()).isEqualTo("100 requests sent");
                assertThat(outcomes.window())
                        .hasSize(100)
                        .allSatisfy(r ->
                                assertThat(window.contains(r.times().sent())).isTrue());
                assertThat(outcomes.all().stream().filter(r -> r.phase() == Phase.RAMP_IN))
                        .hasSizeGreaterThanOrEqualTo(7)
                        .allSatisfy(r -> assertThat(r.times().sent()).isLessThan(window.openNanos()));
                assertNothingLost(outcomes);
            }
        }

        @Test
        void windowOpens_whenTheSlowestUserHasFinishedItsFirstRequest() throws Exception {
            CountDownLatch others = new CountDownLatch(20);
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                if (connection.index() == 0) {
                    // The first user's first answer waits until the others have had many.
                    others.await();
                }
                connection.send(goodAnswer());
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                    others.countDown();
                }
            })) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(3).requests(9).run();
                assertThat(outcomes.all().stream().filter(r -> r.phase() == Phase.RAMP_IN))
                        .hasSizeGreaterThanOrEqualTo(21);
                assertThat(outcomes.window()).hasSize(9);
            }
        }

        @Test
        void usersGoOn_untilTheLastMeasuredRequestHasEnded_andWhatTheySendIsInNoNumber() throws Exception {
            CountDownLatch before = new CountDownLatch(5);
            CountDownLatch after = new CountDownLatch(40);
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                if (connection.index() == 0) {
                    connection.request();
                    before.await(); // so that its next request is the first one of the window,
                    connection.send(goodAnswer());
                    connection.request();
                    after.await(); // which is answered when the others have sent many more
                    connection.send(goodAnswer());
                }
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                    if (before.getCount() == 0) {
                        after.countDown();
                    }
                    before.countDown();
                }
            })) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(3).requests(9).run();
                long lastMeasured = outcomes.window().stream()
                        .mapToLong(r -> r.times().closed())
                        .max()
                        .orElseThrow();
                assertThat(outcomes.window()).hasSize(9);
                assertThat(outcomes.drain())
                        .hasSizeGreaterThanOrEqualTo(40 - outcomes.counted().size())
                        .allSatisfy(r -> assertThat(r.times().sent())
                                .isGreaterThanOrEqualTo(
                                        outcomes.level().steady().closeNanos()))
                        .allSatisfy(r -> assertThat(r.times().scheduled()).isLessThanOrEqualTo(lastMeasured));
                assertThat(outcomes.level().wholeRun().closeNanos()).isEqualTo(lastMeasured);
                assertThat(LevelAssembler.assemble(outcomes.level()).requests().attempted())
                        .as("those of the sample")
                        .isLessThanOrEqualTo(outcomes.counted().size());
                assertNothingLost(outcomes);
            }
        }

        @Test
        void eventsAreCountedInTheWindow_byTheirInstant() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(1).requests(10).run();
                Window window = outcomes.level().steady();
                assertThat(outcomes.all())
                        .allSatisfy(r -> assertThat(r.tokens().eventsInWindow())
                                .isEqualTo(window.contains(r.times().firstToken()) ? 3 : 0));
                // The last one was sent when the window closed, so its tokens came after it.
                assertThat(outcomes.window().get(9).tokens().eventsInWindow()).isZero();
            }
        }

        @Test
        void duration_endsTheWindow() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(2)
                        .duration(Duration.ofMillis(300))
                        .run();
                Window window = outcomes.level().steady();
                assertThat(window.length()).isEqualTo(Duration.ofMillis(300));
                assertThat(window.endedBy()).isEqualTo("duration 300 ms");
                assertThat(outcomes.window())
                        .allSatisfy(r ->
                                assertThat(window.contains(r.times().sent())).isTrue());
                assertNothingLost(outcomes);
            }
        }

        @Test
        void maxDuration_closesAnOpenWindowToo() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(2)
                        .requests(1_000_000)
                        .maxDuration(Duration.ofMillis(500))
                        .run();
                assertThat(outcomes.level().windowOpened()).isTrue();
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("maxDuration 500 ms");
                assertThat(outcomes.count(Outcome.CUT)).isZero();
                assertNothingLost(outcomes);
            }
        }

        @Test
        void dispatchDelayBeginsWhenTheSlotBecameFree() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(1).requests(5).run();
                for (int i = 1; i < outcomes.all().size(); i++) {
                    assertThat(outcomes.all().get(i).times().scheduled())
                            .isEqualTo(outcomes.all().get(i - 1).times().closed());
                }
            }
        }

        @Test
        void wholeRun_isFromTheFirstSentToTheLastClosed() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(3)
                        .requests(30)
                        .loops(2)
                        .run();
                Window whole = outcomes.level().wholeRun();
                assertThat(whole.kind()).isEqualTo(Window.Kind.WHOLE_RUN);
                assertThat(whole.openNanos())
                        .isEqualTo(outcomes.counted().stream()
                                .mapToLong(r -> r.times().sent())
                                .min()
                                .orElseThrow());
                assertThat(whole.closeNanos())
                        .isEqualTo(outcomes.counted().stream()
                                .mapToLong(r -> r.times().closed())
                                .max()
                                .orElseThrow());
            }
        }

        @Test
        void theClientWatchesItself() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(2)
                        .duration(Duration.ofMillis(500))
                        .run();
                assertThat(outcomes.level().health().steady().measured()).isTrue();
                assertThat(outcomes.level().health().steady().worstLoopUtilisation())
                        .isBetween(0.001, 1.0);
                assertThat(outcomes.level().health().steady().loopDelayP99Nanos())
                        .isGreaterThanOrEqualTo(
                                outcomes.level().health().steady().loopDelayP50Nanos());
                assertThat(outcomes.level().health().steady().stoppedShare()).isBetween(0.0, 1.0);
            }
        }
    }

    @Nested
    class HealthTests {
        private static final long BLOCKED_NANOS = 40_000_000;

        @Test
        void loopThatIsHeldUp_isSeenByItsProbe() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .requests(20)
                        .onEnd(r -> spin())
                        .run();
                ClientHealth health = outcomes.level().health().steady();
                assertThat(health.loopDelayP99Nanos()).isGreaterThan(BLOCKED_NANOS / 2);
                assertThat(health.loopDelayP50Nanos()).isGreaterThan(BLOCKED_NANOS / 10);
            }
        }

        @Test
        void theWholeRunIsWatchedToo_forALevelWhoseWindowIsUnfit() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(2)
                        .requests(1)
                        .onEnd(r -> spin())
                        .run();
                assertThat(outcomes.level().health().wholeRun().measured()).isTrue();
                assertThat(outcomes.level().health().wholeRun().loopDelayP99Nanos())
                        .isGreaterThan(BLOCKED_NANOS / 2);
            }
        }

        @Test
        void besideALevel_aSentinelMeasuresHowLateTheLoopReads() {
            try (ScriptedServer server = good()) {
                MeasurementError.Sentinel seen = Load.against(server.url())
                        .users(2)
                        .loops(2)
                        .duration(Duration.ofMillis(600))
                        .run()
                        .level()
                        .health()
                        .sentinel()
                        .orElseThrow();
                assertThat(seen.count()).isPositive();
                assertThat(List.of(seen.p50(), seen.p95(), seen.p99(), seen.max()))
                        .isSorted();
                assertThat(seen.p50()).isPositive();
            }
        }

        @Test
        void whereTheLoopIsHeldUp_theSentinelIsLate_andSoAreTheBounds() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(3)
                        .requests(20)
                        .onEnd(r -> spin())
                        .run();
                MeasurementError.Sentinel seen =
                        outcomes.level().health().sentinel().orElseThrow();
                assertThat(seen.max()).isGreaterThan(BLOCKED_NANOS / 2);
                assertThat(outcomes.window())
                        .anySatisfy(
                                r -> assertThat(r.times().late().firstToken()).isGreaterThan(BLOCKED_NANOS / 2));
            }
        }

        @Test
        void windowThatNeverOpened_hasTheHealthOfTheWholeRun() {
            try (ScriptedServer server = good()) {
                LevelRecording level = Load.against(server.url())
                        .users(1)
                        .run(session -> session.stop("Ctrl-C"))
                        .level();
                assertThat(level.windowOpened()).isFalse();
                assertThat(level.health().steady()).isEqualTo(level.health().wholeRun());
            }
        }

        private void spin() {
            long until = System.nanoTime() + BLOCKED_NANOS;
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
        }
    }
}
