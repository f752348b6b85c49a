package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bounds on lateness, on clocks of the test's own: all instants in microseconds. */
class LoopTurnsTests {
    private static final long MARGIN = LoopTurns.WAKE_UP_NANOS / 1000;

    private long now;
    private long queued;
    private long alive;
    private long collections;
    private final PauseDetector pauses = PauseDetector.onClock(() -> now);
    private final LoopTurns turns = new LoopTurns(() -> now, () -> queued, pauses, new Collected());

    private final class Collected implements LoopTurns.Collections {
        @Override
        public long count() {
            return collections;
        }

        @Override
        public long nanos() {
            return collections * 2_000_000;
        }
    }

    private void turn(long entered, long selected) {
        now = entered * 1000;
        turns.entered();
        now = selected * 1000;
        turns.selected();
    }

    /** A turn that found nothing when it asked, and slept until something came. */
    private void sleep(long entered, long selected) {
        now = entered * 1000;
        turns.entered();
        turns.sleeps();
        now = selected * 1000;
        turns.selected();
    }

    /** A processor was waited for so long, in all. */
    private void queued(long micros) {
        queued = micros * 1000;
    }

    /** Signs of life in every millisecond until then. */
    private void aliveUntil(long at) {
        for (; alive + 1000 < at; alive += 1000) {
            pauses.alive((alive + 1000) * 1000);
        }
        alive(at);
    }

    private void alive(long at) {
        alive = at;
        pauses.alive(at * 1000);
    }

    private long lateness(long stamp) {
        return turns.lateness(stamp * 1000) / 1000 - MARGIN;
    }

    @Test
    void beforeItsFirstTurn_nothingIsSaid() {
        assertThat(turns.lateness(5)).isZero();
    }

    @Nested
    class ALoopThatIsBusy {
        @Test
        void mayBeLateByAllSinceItLastAskedTheKernel() {
            turn(1000, 1005);
            turn(1200, 1205);
            assertThat(lateness(1210)).as("asked at 1000, and it was not there").isEqualTo(210);
            assertThat(lateness(1290)).as("others were read first").isEqualTo(290);
            turn(1300, 1306);
            assertThat(lateness(1307)).isEqualTo(107);
        }

        @Test
        void thatIsHeldUpWhileItAsks_hasNotSlept() {
            turn(1000, 1005);
            turn(1200, 9000);
            assertThat(lateness(9010)).as("it may have been there before 1200").isEqualTo(8010);
        }

        @Test
        void doesNotSleep_soNeitherRunQueueNorStandstillMatter() {
            turn(1000, 1005);
            queued(5000);
            turn(1200, 1205);
            assertThat(lateness(1210)).isEqualTo(210);
        }
    }

    @Nested
    class ALoopThatSlept {
        @Test
        void isLateByWhatItReadBefore_whereItsWakeUpTookNoTime() {
            sleep(1000, 5000);
            aliveUntil(5000);
            assertThat(lateness(5000)).isZero();
            assertThat(lateness(5040)).isEqualTo(40);
        }

        @Test
        void isLateByItsWaitForAProcessor() {
            aliveUntil(4900);
            sleep(1000, 5000);
            queued(300);
            assertThat(lateness(5010)).isEqualTo(310);
            queued(900);
            assertThat(lateness(5010)).as("asked once a turn").isEqualTo(310);
            aliveUntil(8900);
            sleep(5100, 9000);
            queued(950);
            assertThat(lateness(9000)).as("only what is new").isEqualTo(650);
        }

        @Test
        void isNeverLateByMoreThanItSlept() {
            sleep(1000, 1400);
            queued(100_000);
            assertThat(lateness(1400)).isEqualTo(400);
        }

        @Test
        void isLateByTheStandstill_ofWhichThereIsNoSignOfLifeYet() {
            aliveUntil(2000);
            sleep(1000, 9000);
            assertThat(lateness(9000)).isEqualTo(7000);
        }

        @Test
        void isLateByTheStandstill_thatHasJustEnded() {
            aliveUntil(2000);
            sleep(1000, 9000);
            alive(8990);
            assertThat(lateness(9000)).isEqualTo(7000);
        }

        @Test
        void isLateByACollection_thatWasTooShortToBeMissed_andByTheMillisecondToWhichItIsTold() {
            aliveUntil(8900);
            sleep(1000, 9000);
            collections = 1;
            assertThat(lateness(9000)).isEqualTo(2000 + 1000);
            aliveUntil(12_900);
            sleep(9100, 13_000);
            assertThat(lateness(13_000)).as("once").isZero();
        }

        @Test
        void standstillThatWasLongOver_doesNotMatter() {
            aliveUntil(2000);
            alive(7000);
            sleep(1000, 9000);
            aliveUntil(9000);
            assertThat(lateness(9000)).isZero();
        }

        @Test
        void inTheTurnAfterwards_whatCameDuringItsWakeUp_isBoundedToo() {
            aliveUntil(4900);
            sleep(1000, 5000);
            queued(300);
            turn(5050, 5055);
            assertThat(lateness(5060)).as("all before 4700 was read").isEqualTo(360);
        }
    }

    @Nested
    class WhereTheOperatingSystemDoesNotTell {
        private final LoopTurns blind = new LoopTurns(() -> now, () -> RunQueueWait.UNKNOWN, pauses, new Collected());

        private long lateness(long stamp) {
            return blind.lateness(stamp * 1000) / 1000 - MARGIN;
        }

        private void turn(long entered, long selected) {
            now = entered * 1000;
            blind.entered();
            blind.sleeps();
            now = selected * 1000;
            blind.selected();
        }

        @Test
        void theLoopsOwnTimersStandIn_andAreForgottenSlowly() {
            blind.timerWasLate(1_600_000);
            aliveUntil(4900);
            turn(1000, 5000);
            assertThat(lateness(5000)).isEqualTo(1600);
            blind.timerWasLate(0);
            aliveUntil(8900);
            turn(5000, 9000);
            assertThat(lateness(9000)).isEqualTo(1500);
        }
    }
}
