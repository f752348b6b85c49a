package dev.llmload.load;

import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.metric.ClientHealth;
import dev.llmload.result.Outcome;
import dev.llmload.result.Phase;
import dev.llmload.result.RequestRecord;
import dev.llmload.result.Window;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots, window, drain and the ways a level ends, over real sockets. */
@Timeout(60)
class ClosedLoopTests {
    private static ScriptedServer good() {
        return ScriptedServer.start(ClosedLoopTests::serve);
    }

    private static void serve(Connection connection) throws Exception {
        while (true) {
            connection.request();
            connection.send(goodAnswer());
        }
    }

    /** Nothing lost: every attempt has one record, numbered without a gap, and each is one of the three kinds. */
    private static void assertNothingLost(Load.Outcomes outcomes) {
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
                        .isEqualTo(outcomes.all().stream()
                                .mapToLong(r -> r.times().sent())
                                .min()
                                .orElseThrow());
                assertThat(whole.closeNanos())
                        .isEqualTo(outcomes.all().stream()
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
                assertThat(outcomes.level().health().measured()).isTrue();
                assertThat(outcomes.level().health().worstLoopUtilisation()).isBetween(0.001, 1.0);
                assertThat(outcomes.level().health().loopDelayP99Nanos())
                        .isGreaterThanOrEqualTo(outcomes.level().health().loopDelayP50Nanos());
                assertThat(outcomes.level().health().stoppedShare()).isBetween(0.0, 1.0);
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
                ClientHealth health = outcomes.level().health();
                assertThat(health.loopDelayP99Nanos()).isGreaterThan(BLOCKED_NANOS / 2);
                assertThat(health.loopDelayP50Nanos()).isGreaterThan(BLOCKED_NANOS / 10);
            }
        }

        private void spin() {
            long until = System.nanoTime() + BLOCKED_NANOS;
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Nested
    class EndingTests {
        /** Answers a few requests, then only begins to. */
        private ScriptedServer hangingAfter(int good, CountDownLatch hanging) {
            AtomicInteger requests = new AtomicInteger();
            return ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    if (requests.incrementAndGet() <= good) {
                        connection.send(goodAnswer());
                    } else {
                        connection.send(STREAM_HEAD + chunk(token("a")));
                        hanging.countDown();
                        connection.untilClosedByClient();
                        return;
                    }
                }
            });
        }

        @Test
        void stop_cutsWhatIsInFlight_andKeepsWhatWasMeasured() {
            CountDownLatch hanging = new CountDownLatch(4);
            try (ScriptedServer server = hangingAfter(50, hanging)) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(4).requests(1000).run(session -> stopper(session, hanging));
                assertThat(outcomes.count(Outcome.OK)).isEqualTo(50);
                assertThat(outcomes.count(Outcome.CUT)).isEqualTo(4);
                assertThat(outcomes.all().stream().filter(r -> r.outcome() == Outcome.CUT))
                        .allSatisfy(r -> assertThat(r.error()).isEqualTo("stopped: Ctrl-C"));
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("stopped: Ctrl-C");
                assertNothingLost(outcomes);
            }
        }

        @Test
        void deadline_cutsWhatIsInFlight() {
            CountDownLatch hanging = new CountDownLatch(4);
            try (ScriptedServer server = hangingAfter(50, hanging)) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(4)
                        .requests(1000)
                        .deadline(Duration.ofSeconds(2))
                        .run();
                assertThat(outcomes.count(Outcome.OK)).isEqualTo(50);
                assertThat(outcomes.count(Outcome.CUT)).isEqualTo(4);
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("deadline 2 s");
                assertNothingLost(outcomes);
            }
        }

        @Test
        void slotThatNeverFinishes_keepsTheWindowShut_untilMaxDuration() {
            AtomicInteger answered = new AtomicInteger();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                if (connection.index() == 0) {
                    connection.request();
                    connection.send(STREAM_HEAD + chunk(token("a")));
                    connection.untilClosedByClient();
                }
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                    answered.incrementAndGet();
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(2)
                        .requests(5)
                        .maxDuration(Duration.ofMillis(400))
                        .deadline(Duration.ofMillis(800))
                        .run();
                assertThat(outcomes.level().windowOpened()).isFalse();
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("maxDuration 400 ms");
                assertThat(outcomes.window()).isEmpty();
                assertThat(outcomes.count(Outcome.CUT)).isEqualTo(1);
                assertNothingLost(outcomes);
            }
        }

        @Test
        void interrupt_isAStop_andStaysSet() throws Exception {
            CountDownLatch hanging = new CountDownLatch(1);
            try (ScriptedServer server = hangingAfter(3, hanging)) {
                Thread runner = Thread.currentThread();
                Load.Outcomes outcomes =
                        Load.against(server.url()).requests(100).run(session -> after(hanging, runner::interrupt));
                assertThat(Thread.interrupted()).isTrue();
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("interrupted");
                assertThat(outcomes.count(Outcome.CUT)).isEqualTo(1);
                assertNothingLost(outcomes);
            }
        }

        @Test
        void afterAStop_nothingMoreIsSent() {
            try (ScriptedServer server = good()) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(3).requests(9).run(s -> s.stop("Ctrl-C"));
                assertThat(outcomes.all()).isEmpty();
                assertThat(outcomes.level().windowOpened()).isFalse();
                assertThat(server.connections()).isZero();
            }
        }

        @Test
        void tenPercentTimeouts_areTenPercentFailures() {
            AtomicInteger requests = new AtomicInteger();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    if (requests.getAndIncrement() % 10 == 9) {
                        connection.untilClosedByClient();
                        return;
                    }
                    connection.send(goodAnswer());
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(1)
                        .requests(40)
                        .firstTokenTimeout(Duration.ofMillis(150))
                        .run();
                assertThat(outcomes.window().stream()
                                .filter(r -> r.outcome() == Outcome.TIMEOUT_FIRST_TOKEN)
                                .count())
                        .isEqualTo(4);
                assertThat(outcomes.window()).hasSize(40);
                assertNothingLost(outcomes);
            }
        }

        @Test
        void everyRequestRefusedForTheKey_isNotAResult() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send(json(401, "{\"error\":\"who are you\"}"));
                }
            })) {
                assertThatThrownBy(() ->
                                Load.against(server.url()).users(2).requests(4).run())
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("refused")
                        .hasMessageContaining("401")
                        .hasMessageContaining("who are you");
            }
        }

        @Test
        void serverErrorsAlone_areAResult() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send(json(500, "{}"));
                }
            })) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(2).requests(4).run();
                assertThat(outcomes.count(Outcome.HTTP_5XX))
                        .isEqualTo(outcomes.all().size());
            }
        }

        @Test
        void listenerThatFails_endsTheLevel_ratherThanHangIt() {
            try (ScriptedServer server = good()) {
                Load load = Load.against(server.url()).users(3).requests(1000).onEnd(r -> {
                    if (r.n() == 20) {
                        throw new IllegalArgumentException("disk full");
                    }
                });
                assertThatThrownBy(load::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("level 3 users was broken off: disk full");
            }
        }

        private void stopper(LoadSession session, CountDownLatch when) {
            after(when, () -> session.stop("Ctrl-C"));
        }

        private void after(CountDownLatch when, Runnable action) {
            Thread thread = new Thread(() -> {
                try {
                    when.await();
                    action.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
