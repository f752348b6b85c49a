package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bounds on lateness, on a clock of the test's own: all instants in microseconds. */
class LoopTurnsTests {
    private static final long ON_THE_WAY = LoopTurns.ON_THE_WAY_NANOS / 1000;

    private long now;
    private final LoopTurns turns = new LoopTurns(() -> now);

    /** A turn that found something when it asked, and read so many connections. */
    private void turn(long asked, int read) {
        now = asked * 1000;
        turns.asks();
        turns.read(read);
    }

    private void opened(int connections) {
        for (int i = 0; i < connections; i++) {
            turns.opened();
        }
    }

    private void turn(long asked) {
        turn(asked, 1);
    }

    /** A turn that found nothing when it asked, and slept until something came. */
    private void sleep(long asked) {
        now = asked * 1000;
        turns.asks();
        turns.sleeps();
        turns.read(1);
    }

    private long lateness(long stamp) {
        return turns.lateness(stamp * 1000) / 1000 - ON_THE_WAY;
    }

    @Test
    void beforeItsFirstTurn_nothingIsSaid() {
        assertThat(turns.lateness(5)).isZero();
    }

    @Test
    void inItsFirstTurn_nothingCanHaveComeBefore() {
        turn(1000);
        assertThat(lateness(1040)).isEqualTo(40);
    }

    @Nested
    class ALoopThatIsBusy {
        @Test
        void mayBeLateByAllSinceItAskedInTheTurnBefore() {
            turn(1000);
            turn(1200);
            assertThat(lateness(1210)).as("asked at 1000, and it was not there").isEqualTo(210);
            assertThat(lateness(1290)).as("others were read first").isEqualTo(290);
            turn(1300);
            assertThat(lateness(1307)).isEqualTo(107);
        }

        @Test
        void thatIsHeldUpAfterItAsked_saysSo() {
            turn(1000);
            turn(1200);
            assertThat(lateness(9010)).as("it may have been there since 1000").isEqualTo(8010);
        }

        @Test
        void thatGotMoreThanTheKernelTellsAtOnce_countsFromBeforeThat() {
            opened(3 * LoopTurns.MOST_ANSWERED);
            turn(1000);
            turn(1200, LoopTurns.MOST_ANSWERED);
            turn(1700, LoopTurns.MOST_ANSWERED);
            turn(2100, 7);
            assertThat(lateness(2150))
                    .as("it may have waited since it was not there at 1000")
                    .isEqualTo(1150);
            turn(2200);
            assertThat(lateness(2210)).as("all that was there at 2100 was read").isEqualTo(110);
        }
    }

    @Test
    void connectionsThatFillTwoAnswers_waitForTwoAtMost_howeverLongTheLoopIsBehind() {
        opened(LoopTurns.MOST_ANSWERED + 1);
        for (int i = 1; i <= 100; i++) {
            turn(1000 * i, LoopTurns.MOST_ANSWERED);
        }
        assertThat(lateness(100_010)).isEqualTo(2010);
    }

    @Nested
    class ALoopThatSlept {
        @Test
        void mayBeLateByAllSinceItWentToSleep_whateverItsWakeUpTook() {
            sleep(1000);
            assertThat(lateness(1400)).isEqualTo(400);
            assertThat(lateness(1450)).as("others were read first").isEqualTo(450);
        }

        @Test
        void inTheTurnAfterwards_whatCameDuringItsWakeUp_isBoundedToo() {
            sleep(1000);
            turn(1450);
            assertThat(lateness(1460))
                    .as("it may have come when the loop was about to wake")
                    .isEqualTo(460);
            sleep(1500);
            assertThat(lateness(1600)).as("nothing was there at 1500").isEqualTo(100);
        }

        @Test
        void afterMoreThanTheKernelTellsAtOnce_nothingWasLeft() {
            turn(1000);
            turn(1200, LoopTurns.MOST_ANSWERED);
            sleep(1700);
            assertThat(lateness(1750)).isEqualTo(50);
        }
    }
}
