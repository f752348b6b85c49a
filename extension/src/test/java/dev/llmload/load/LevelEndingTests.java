package dev.llmload.load;

import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.response;
import static dev.llmload.testkit.Http.stream;
import static dev.llmload.testkit.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways a level ends, over real sockets: nothing is lost in any of them. */
@Timeout(300)
class LevelEndingTests {
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
            ClosedLoopTests.assertNothingLost(outcomes);
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
            ClosedLoopTests.assertNothingLost(outcomes);
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
                    .deadline(Duration.ofSeconds(2))
                    .run();
            assertThat(outcomes.level().windowOpened()).isFalse();
            assertThat(outcomes.level().steady().endedBy()).isEqualTo("maxDuration 400 ms");
            assertThat(outcomes.window()).isEmpty();
            assertThat(outcomes.count(Outcome.CUT)).isEqualTo(1);
            ClosedLoopTests.assertNothingLost(outcomes);
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
            ClosedLoopTests.assertNothingLost(outcomes);
        }
    }

    @Test
    void afterAStop_nothingMoreIsSent() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
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
                    .firstTokenTimeout(Duration.ofMillis(600))
                    .run();
            assertThat(outcomes.window().stream()
                            .filter(r -> r.outcome() == Outcome.TIMEOUT_FIRST_TOKEN)
                            .count())
                    .isEqualTo(4);
            assertThat(outcomes.window()).hasSize(40);
            ClosedLoopTests.assertNothingLost(outcomes);
        }
    }

    @Test
    void everyKindOfFaultAtOnce_losesNothing() {
        List<String> answers = List.of(
                goodAnswer(),
                json(500, "{}"),
                json(429, "{}"),
                json(404, "{}"),
                response(200, "text/html", "<p>Welcome</p>"),
                stream(token("a")),
                stream(STOP, DONE),
                stream(token("a"), "data: {\"error\":\"boom\"}\n\n"),
                stream(token("a"), "data: {\"choices\":[}\n\n"),
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                STREAM_HEAD + chunk(token("a")),
                "");
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
            while (true) {
                connection.request();
                int which = requests.getAndIncrement() % (answers.size() + 2);
                if (which >= answers.size()) {
                    // One says nothing at all, one stops after a token: both time out.
                    connection.send(STREAM_HEAD + (which == answers.size() ? "" : chunk(token("a"))));
                    connection.untilClosedByClient();
                    return;
                }
                connection.send(answers.get(which));
                if (which >= answers.size() - 2) {
                    return;
                }
            }
        })) {
            Load.Outcomes outcomes = Load.against(server.url())
                    .users(4)
                    .requests(70)
                    .loops(2)
                    .firstTokenTimeout(Duration.ofMillis(300))
                    .stallTimeout(Duration.ofMillis(300))
                    .run();
            assertThat(outcomes.window()).hasSize(70);
            ClosedLoopTests.assertNothingLost(outcomes);
            assertThat(outcomes.all())
                    .extracting(RequestRecord::outcome)
                    .contains(
                            Outcome.OK,
                            Outcome.HTTP_5XX,
                            Outcome.RATE_LIMITED,
                            Outcome.HTTP_4XX,
                            Outcome.PROTOCOL,
                            Outcome.TRUNCATED,
                            Outcome.EMPTY,
                            Outcome.STREAM_ERROR,
                            Outcome.RESET,
                            Outcome.TIMEOUT_FIRST_TOKEN,
                            Outcome.TIMEOUT_STALLED);
            RequestCounts counts = LevelAssembler.assemble(outcomes.level()).requests();
            assertThat(counts.attempted()).isGreaterThanOrEqualTo(70);
            assertThat(counts.attempted()).isEqualTo(counts.succeeded() + counts.failed() + counts.cut());
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
        try (ScriptedServer server = ClosedLoopTests.good()) {
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

    /** What the thread of the level tells, too: nobody goes on sending, and nothing of the level stays behind. */
    @Test
    void listenerThatFailsAtAPhase_endsTheLevel_andLeavesNoThread() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            LoadListener failing = new LoadListener() {
                @Override
                public void phase(String level, String phase) {
                    if (phase.equals("ramp-in")) {
                        throw new IllegalArgumentException("no console");
                    }
                }
            };
            Load load = Load.against(server.url()).users(3).requests(1000);
            try (LoadSession session = load.session(failing)) {
                assertThatThrownBy(() -> session.run(load.plan(), Load.prompts()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("level 3 users was broken off: no console");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("llm-load-standstill"))
                    .allSatisfy(thread -> thread.join(10_000))
                    .noneMatch(Thread::isAlive);
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
