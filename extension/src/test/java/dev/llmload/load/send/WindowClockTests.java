package dev.llmload.load.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.request.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowClockTests {
    private final List<String> marks = new ArrayList<>();

    private WindowClock clock(int slots, int requests, long duration) {
        return new WindowClock(slots, requests, duration, "duration 1 s", () -> marks.add("mark"));
    }

    @Test
    void beforeEverySlotHasFinishedOneRequest_requestsAreRampIn() {
        WindowClock clock = clock(2, 3, 0);
        assertThat(clock.admit(10)).contains(Phase.RAMP_IN);
        clock.firstFinished(20);
        assertThat(clock.opened()).isFalse();
        assertThat(clock.admit(25)).contains(Phase.RAMP_IN);
        clock.firstFinished(30);
        assertThat(clock.opened()).isTrue();
        assertThat(clock.openNanos()).isEqualTo(30);
        assertThat(marks).hasSize(1);
    }

    @Test
    void requestSentBeforeTheOpening_isRampIn_evenIfAskedLater() {
        WindowClock clock = clock(1, 3, 0);
        clock.firstFinished(30);
        assertThat(clock.admit(29)).contains(Phase.RAMP_IN);
        assertThat(clock.admit(30)).contains(Phase.WINDOW);
        assertThat(clock.admitted()).isEqualTo(1);
    }

    @Test
    void lastMeasuredRequest_closesTheWindowJustAfterItself() {
        WindowClock clock = clock(1, 2, 0);
        clock.firstFinished(30);
        assertThat(clock.admit(40)).contains(Phase.WINDOW);
        assertThat(clock.closed()).isFalse();
        assertThat(clock.admit(50)).contains(Phase.WINDOW);
        assertThat(clock.full()).isTrue();
        assertThat(clock.left(Phase.WINDOW, 50)).isEqualTo(Phase.WINDOW);
        assertThat(clock.closed()).as("one has not left").isFalse();
        assertThat(clock.left(Phase.WINDOW, 42)).isEqualTo(Phase.WINDOW);
        assertThat(clock.closeNanos())
                .as("just after the latest, whichever is told last")
                .isEqualTo(51);
        assertThat(clock.endedBy()).isEqualTo("2 requests sent");
        assertThat(clock.admit(60)).isEmpty();
        assertThat(clock.admitting(60)).isFalse();
        assertThat(clock.contains(29)).isFalse();
        assertThat(clock.contains(30)).isTrue();
        assertThat(clock.contains(50)).isTrue();
        assertThat(clock.contains(51)).isFalse();
        assertThat(marks).hasSize(2);
    }

    @Test
    void requestThatLeavesAfterTheOpening_isMeasured_thoughItWasAdmittedBefore() {
        WindowClock clock = clock(1, 2, 0);
        assertThat(clock.admit(20)).contains(Phase.RAMP_IN);
        clock.firstFinished(30);
        assertThat(clock.left(Phase.RAMP_IN, 29)).isEqualTo(Phase.RAMP_IN);
        assertThat(clock.left(Phase.RAMP_IN, 30)).isEqualTo(Phase.WINDOW);
        assertThat(clock.admitted()).isEqualTo(1);
    }

    @Test
    void requestThatLeavesAfterTheEnd_isOfTheDrain_andNotCounted() {
        WindowClock clock = clock(1, 0, 1000);
        clock.firstFinished(30);
        assertThat(clock.admit(1029)).contains(Phase.WINDOW);
        assertThat(clock.admit(1029)).contains(Phase.WINDOW);
        assertThat(clock.left(Phase.WINDOW, 1029)).isEqualTo(Phase.WINDOW);
        assertThat(clock.left(Phase.WINDOW, 1030)).isEqualTo(Phase.DRAIN);
        assertThat(clock.admitted()).isEqualTo(1);
    }

    @Test
    void ofASchedule_theInstantAtWhichARequestWasDueDecides() {
        WindowClock clock = WindowClock.planned(100, 2, 0, "", () -> {});
        assertThat(clock.admit(99)).contains(Phase.RAMP_IN);
        assertThat(clock.admit(100)).contains(Phase.WINDOW);
        assertThat(clock.admit(110)).contains(Phase.WINDOW);
        assertThat(clock.closeNanos()).isEqualTo(111);
        assertThat(clock.left(Phase.RAMP_IN, 105)).isEqualTo(Phase.RAMP_IN);
        assertThat(clock.left(Phase.WINDOW, 200)).isEqualTo(Phase.WINDOW);
    }

    @Test
    void ofASchedule_whatWasDueBeforeItsTimeWasOver_isMeasured_howeverLateTheLoopIs() {
        WindowClock clock = WindowClock.planned(100, 0, 1000, "duration 1 s", () -> {});
        assertThat(clock.admit(100)).contains(Phase.WINDOW);
        assertThat(clock.remainingNanos(1300)).isZero();
        assertThat(clock.closeNanos()).isEqualTo(1100);
        assertThat(clock.admit(1099)).contains(Phase.WINDOW);
        assertThat(clock.admit(1100)).isEmpty();
    }

    @Test
    void ofASchedule_nothingIsSentAnyMore_onceItWasClosedBeforeItsTime() {
        WindowClock clock = WindowClock.planned(100, 0, 1000, "duration 1 s", () -> {});
        assertThat(clock.admit(100)).contains(Phase.WINDOW);
        clock.close(500, "abortWhen");
        assertThat(clock.admit(499)).isEmpty();
    }

    @Test
    void duration_closesAtItsExactEnd() {
        WindowClock clock = clock(1, 0, 1000);
        clock.firstFinished(30);
        assertThat(clock.admit(1029)).contains(Phase.WINDOW);
        assertThat(clock.remainingNanos(1029)).isEqualTo(1);
        assertThat(clock.admit(1030)).isEmpty();
        assertThat(clock.closeNanos()).isEqualTo(1030);
        assertThat(clock.endedBy()).isEqualTo("duration 1 s");
    }

    @Test
    void closedBeforeItOpened_neverOpens() {
        WindowClock clock = clock(1, 5, 0);
        clock.close(10, "maxDuration 3 m");
        clock.firstFinished(20);
        assertThat(clock.opened()).isFalse();
        assertThat(clock.admit(30)).isEmpty();
        assertThat(clock.endedBy()).isEqualTo("maxDuration 3 m");
        assertThat(marks).isEmpty();
    }

    @Test
    void firstReasonCounts() {
        WindowClock clock = clock(1, 5, 0);
        clock.close(10, "deadline");
        clock.close(11, "stop");
        assertThat(clock.endedBy()).isEqualTo("deadline");
        assertThat(clock.closeNanos()).isEqualTo(10);
    }

    @Test
    void warmUp_isOpenFromTheStart() {
        WindowClock clock = WindowClock.warmUp(2, 5);
        assertThat(clock.admit(6)).contains(Phase.WARMUP);
        assertThat(clock.admit(7)).contains(Phase.WARMUP);
        assertThat(clock.admit(8)).isEmpty();
    }

    @Test
    void held_theLastMeasuredRequestLeavesOpenWhetherMoreFollow() {
        WindowClock clock = clock(1, 1, 0);
        clock.holdAtTheEnd();
        clock.firstFinished(30);
        assertThat(clock.admit(40)).contains(Phase.WINDOW);
        assertThat(clock.held()).isFalse();
        clock.left(Phase.WINDOW, 40);
        assertThat(clock.held()).isTrue();
        assertThat(clock.closed()).isFalse();
        assertThat(clock.admit(50)).as("in no number").isEmpty();

        clock.goOn(2);
        assertThat(clock.held()).isFalse();
        assertThat(clock.admit(60)).contains(Phase.WINDOW);
        clock.left(Phase.WINDOW, 60);
        clock.release();
        assertThat(clock.closeNanos()).as("when the last had left").isEqualTo(61);
        assertThat(clock.endedBy()).isEqualTo("2 requests sent");
        assertThat(clock.held()).isFalse();
        assertThat(marks).hasSize(2);
    }

    @Test
    void release_isNothing_unlessItIsHeld() {
        WindowClock clock = clock(1, 1, 0);
        clock.holdAtTheEnd();
        clock.firstFinished(30);
        clock.release();
        assertThat(clock.closed()).isFalse();
    }
}
