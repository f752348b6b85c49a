package dev.llmload.load;

import static dev.llmload.load.ClosedLoopTests.assertNothingLost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.load.plan.RateRamp;
import dev.llmload.load.plan.ThinkTime;
import dev.llmload.load.plan.UserRamp;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads that change within their window, over real sockets. */
@Timeout(120)
class RampTests {
    private static final Duration LENGTH = Duration.ofMillis(400);
    private static final long MILLI = 1_000_000;
    private static final ThinkTime THINK = new ThinkTime(Duration.ofMillis(5), Duration.ofMillis(5), 1);

    private static Load.Outcomes run(ScriptedServer server, OfferedLoad load, Duration length) {
        return Load.against(server.url())
                .run(new LevelPlan(
                        load, new LevelLimits(0, Optional.of(length), Duration.ofMinutes(1), Optional.empty())));
    }

    private static List<RequestRecord> dueIn(Load.Outcomes outcomes, long fromMillis, long toMillis) {
        long open = outcomes.level().steady().openNanos();
        return outcomes.all().stream()
                .filter(record -> record.phase() != Phase.DRAIN)
                .filter(record -> record.times().scheduled() - open >= fromMillis * MILLI
                        && record.times().scheduled() - open < toMillis * MILLI)
                .toList();
    }

    /** One gap like the other: 50 a second for the lead-in of 0.5 s, then (50 + 250) / 2 · 0.4 = 60 within the window. */
    @Test
    void aRateRises_overTheWindow_byItsSchedule() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes = run(server, new RateRamp(50, 250, LENGTH, ArrivalProcess.CONSTANT, 1, 0), LENGTH);

            assertThat(outcomes.level().level().name()).isEqualTo("50 → 250 req/s");
            assertThat(outcomes.level().claim().steady()).isFalse();
            assertThat(dueIn(outcomes, -500, 0)).hasSize(25);
            // 50 · 0.2 + 500 · 0.2² / 2 = 20 in the first half, 40 in the second.
            assertThat(dueIn(outcomes, 0, 200)).hasSize(20);
            assertThat(dueIn(outcomes, 200, 400)).hasSize(40);
            assertNothingLost(outcomes);
        }
    }

    @Test
    void usersJoin_atTheirInstantsAfterTheWindowHasOpened() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes = run(server, new UserRamp(1, 5, LENGTH, THINK), LENGTH);

            long open = outcomes.level().steady().openNanos();
            // Users who joined: their first request was due at their instant, exactly.
            for (long millis : new long[] {50, 150, 250, 350}) {
                assertThat(outcomes.all())
                        .as("joins after %d ms", millis)
                        .filteredOn(record -> record.times().scheduled() == open + millis * MILLI)
                        .hasSize(1);
            }
            assertThat(outcomes.level().claim().users()).isEqualTo(3);
            assertNothingLost(outcomes);
        }
    }

    @Test
    void usersLeave_oneAfterTheOther_andBeginNothingAfterwards() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes = run(server, new UserRamp(3, 1, LENGTH, THINK), LENGTH);

            long open = outcomes.level().steady().openNanos();
            // Who is due at an instant after the second has left is the one that stays: never two at a time.
            List<RequestRecord> last = outcomes.all().stream()
                    .filter(record -> record.times().scheduled() - open >= 300 * MILLI)
                    .sorted((a, b) ->
                            Long.compare(a.times().scheduled(), b.times().scheduled()))
                    .toList();
            for (int i = 1; i < last.size(); i++) {
                assertThat(last.get(i).times().scheduled())
                        .isGreaterThanOrEqualTo(last.get(i - 1).times().closed());
            }
            assertNothingLost(outcomes);
        }
    }

    @Test
    @Timeout(20)
    void whoHasNotJoinedWhenTheLevelEnds_isNotWaitedFor() {
        try (ScriptedServer server = ClosedLoopTests.good()) {
            Load.Outcomes outcomes =
                    run(server, new UserRamp(1, 50, Duration.ofHours(1), ThinkTime.NONE), Duration.ofMillis(100));

            assertThat(outcomes.window()).isNotEmpty();
            assertNothingLost(outcomes);
        }
    }
}
