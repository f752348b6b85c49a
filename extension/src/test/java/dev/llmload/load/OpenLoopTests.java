package dev.llmload.load;

import static dev.llmload.load.ClosedLoopTests.assertNothingLost;
import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Arrivals;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests by a schedule, over real sockets. */
@Timeout(300)
class OpenLoopTests {
    private static final long MILLI = 1_000_000;

    private static List<RequestRecord> bySchedule(Load.Outcomes outcomes) {
        return outcomes.all().stream()
                .sorted(Comparator.comparingLong(record -> record.times().scheduled()))
                .toList();
    }

    @Nested
    class Schedule {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void requestsAreDueOnOneGrid_howeverManyLoopsServeIt(int loops) {
            try (ScriptedServer server = ClosedLoopTests.good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(200, Arrivals.CONSTANT)
                        .requests(60)
                        .loops(loops)
                        .run();

                // Around the last measured request a loop may be late, and stops when it hears of it: the grid has gaps
                // there.
                long last = outcomes.window().stream()
                        .mapToLong(record -> record.times().scheduled())
                        .sorted()
                        .toArray()[40];
                List<RequestRecord> all = bySchedule(outcomes).stream()
                        .filter(record -> record.times().scheduled() <= last)
                        .toList();
                long first = all.get(0).times().scheduled();
                for (int i = 0; i < all.size(); i++) {
                    assertThat(all.get(i).times().scheduled() - first).isEqualTo(i * 5 * MILLI);
                    assertThat(all.get(i).times().sent())
                            .isGreaterThanOrEqualTo(all.get(i).times().scheduled());
                }
                assertThat(outcomes.window()).hasSize(60);
                assertNothingLost(outcomes);
            }
        }

        @Test
        void theWindowOpensAfterTheLeadIn_atAnInstantOfTheSchedule_andClosesWithTheLastRequest() {
            try (ScriptedServer server = ClosedLoopTests.good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(100, Arrivals.CONSTANT)
                        .requests(20)
                        .run();

                List<RequestRecord> all = bySchedule(outcomes);
                long first = all.get(0).times().scheduled();
                // Nothing was warmed up, so that the lead-in is the shortest: half a second, 50 requests.
                assertThat(outcomes.level().steady().openNanos() - first).isEqualTo(500 * MILLI);
                assertThat(all.subList(0, 50)).allMatch(record -> record.phase() == Phase.RAMP_IN);
                assertThat(all.subList(50, 70)).allMatch(record -> record.phase() == Phase.WINDOW);
                assertThat(outcomes.level().steady().closeNanos())
                        .isEqualTo(all.get(69).times().scheduled() + 1);
                // Load goes on until the last measured request has ended, how long that is.
                assertThat(all.subList(70, all.size())).noneMatch(record -> record.phase() == Phase.WINDOW);
                assertThat(outcomes.level().steady().endedBy()).isEqualTo("20 requests sent");
            }
        }

        @Test
        void duration_endsTheWindow() {
            try (ScriptedServer server = ClosedLoopTests.good()) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(100, Arrivals.POISSON)
                        .duration(Duration.ofMillis(400))
                        .run();

                assertThat(outcomes.level().steady().length()).isEqualTo(Duration.ofMillis(400));
                assertThat(outcomes.window())
                        .isNotEmpty()
                        .allSatisfy(record -> assertThat(outcomes.level()
                                        .steady()
                                        .contains(record.times().scheduled()))
                                .isTrue());
                assertNothingLost(outcomes);
            }
        }
    }

    @Nested
    class ASlowEndpoint {
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        /** Answers one request at a time, however many connections there are. */
        private ScriptedServer oneAtATime(long millis) {
            Semaphore turn = new Semaphore(1, true);
            return ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    turn.acquire();
                    Thread.sleep(millis);
                    turn.release();
                    inFlight.decrementAndGet();
                    connection.send(goodAnswer());
                }
            });
        }

        @Test
        void maxInFlight_holdsRequestsBack_andTheirWaitingCounts() {
            try (ScriptedServer server = oneAtATime(30)) {
                // The lead-in alone is 50 requests of 30 ms each: those of the window wait for all of them.
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(100, Arrivals.CONSTANT)
                        .maxInFlight(1)
                        .requests(10)
                        .run();

                assertThat(most).hasValue(1);
                assertThat(outcomes.window())
                        .hasSize(10)
                        .allMatch(record -> record.flags().held())
                        .allSatisfy(record -> assertThat(
                                        record.times().sent() - record.times().scheduled())
                                .isGreaterThan(500 * MILLI));
                assertThat(bySchedule(outcomes))
                        .as("first in, first out")
                        .isSortedAccordingTo(Comparator.comparingLong(
                                record -> record.times().sent()));
                assertNothingLost(outcomes);
            }
        }

        @Test
        void withoutALimit_nothingIsHeldBack() {
            try (ScriptedServer server = oneAtATime(20)) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(100, Arrivals.CONSTANT)
                        .requests(10)
                        .run();

                assertThat(most.get()).isGreaterThan(5);
                assertThat(outcomes.all()).noneMatch(record -> record.flags().held());
                assertThat(outcomes.counted()).hasSize(60).allMatch(RequestRecord::succeeded);
            }
        }

        @Test
        void maxDuration_givesUpWhatStillWaits_andSaysSo() {
            try (ScriptedServer server = oneAtATime(50)) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(100, Arrivals.CONSTANT)
                        .maxInFlight(1)
                        .requests(30)
                        .maxDuration(Duration.ofSeconds(1))
                        .run();

                assertThat(outcomes.window()).hasSize(30);
                // 80 were due, and an endpoint that takes 50 ms for each answers 20 of them in the second.
                assertThat(outcomes.count(Outcome.CUT)).isBetween(40L, 79L);
                assertThat(outcomes.count(Outcome.OK) + outcomes.count(Outcome.CUT))
                        .isEqualTo(80);
                assertThat(outcomes.all().stream().filter(record -> record.outcome() == Outcome.CUT))
                        .allSatisfy(record -> assertThat(record.error())
                                .isEqualTo("still waiting to be sent when maxDuration 1 s was over"));
                assertNothingLost(outcomes);
            }
        }

        @Test
        void aDeadline_cutsWhatIsInFlightAndWhatWaits() {
            CountDownLatch never = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.start((Connection connection) -> {
                connection.request();
                never.await();
            })) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .perSecond(50, Arrivals.CONSTANT)
                        .maxInFlight(3)
                        .requests(10)
                        .deadline(Duration.ofSeconds(3))
                        .run(session -> {});

                assertThat(outcomes.count(Outcome.CUT)).isEqualTo(outcomes.all().size());
                assertThat(outcomes.window()).hasSize(10);
                assertNothingLost(outcomes);
            } finally {
                never.countDown();
            }
        }
    }
}
