package dev.llmload.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each kind of load says of itself, so that nobody has to ask which kind it is. */
class OfferedLoadTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Nested
    class Users {
        private final ClosedLoop hundred = new ClosedLoop(100);

        @Test
        void areALevel_keptInSession_andOnNoMoreLoopsThanTheyAre() {
            assertThat(hundred.level()).isEqualTo(Level.users(100));
            assertThat(hundred.kind()).isEqualTo("closed loop");
            assertThat(hundred.details()).isEmpty();
            assertThat(hundred.inSession()).hasValue(100);
            assertThat(hundred.mostLoops()).isEqualTo(100);
            assertThat(hundred.expectedInFlight(SECOND)).isEqualTo(100);
            assertThat(hundred.leastRequests(5)).isEqualTo(500);
        }

        @Test
        void start_spreadOverTheMeanDurationOfARequest_butNoFasterThanConnectionsMayBeOpened() {
            assertThat(hundred.startGapNanos(Duration.ofSeconds(2))).isEqualTo(20_000_000);
            assertThat(hundred.startGapNanos(Duration.ZERO)).isEqualTo(3_125_000);
        }

        @Test
        void sayHowTheyThink() {
            ThinkTime between = new ThinkTime(Duration.ofMillis(500), Duration.ofSeconds(2), 0);
            assertThat(new ClosedLoop(3, between).details()).containsExactly("think time 500 ms..2 s");
            assertThat(new ClosedLoop(3, new ThinkTime(SECOND, SECOND, 0)).details())
                    .containsExactly("think time 1 s");
            assertThat(new ClosedLoop(3, between).seeded(7).thinkTime()).isEqualTo(between.seeded(7));
        }

        @Test
        void areAtLeastOne() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ClosedLoop(0))
                    .withMessage("concurrency must be at least 1, but was 0");
        }

        @Test
        void sendNothingMoreThatIsMeasured_onceTheWindowIsClosed() {
            assertThat(hundred.lastSend(limits(), new LevelStart(10, SECOND), 77))
                    .isEqualTo(77);
        }
    }

    @Nested
    class Rates {
        private final OpenLoop five = new OpenLoop(5, ArrivalProcess.POISSON, 1, 0);

        @Test
        void areALevelWithoutUsers_measuredForTenSeconds() {
            assertThat(five.level()).isEqualTo(Level.requestsPerSecond(5));
            assertThat(five.kind()).isEqualTo("open loop");
            assertThat(five.inSession()).isEmpty();
            assertThat(five.leastRequests(5)).isEqualTo(50);
            assertThat(five.details()).containsExactly("POISSON arrivals");
        }

        @Test
        void haveInFlightWhatComesInTheMeanDurationOfARequest() {
            assertThat(five.expectedInFlight(Duration.ofSeconds(4))).isEqualTo(20);
            assertThat(five.expectedInFlight(Duration.ZERO)).isEqualTo(1);
        }

        @Test
        void withALimit_runOnOneLoop_whichKnowsAllThatIsInFlight() {
            OpenLoop limited = new OpenLoop(5, ArrivalProcess.CONSTANT, 1, 8);
            assertThat(limited.details()).containsExactly("CONSTANT arrivals", "8 in flight at most");
            assertThat(limited.mostLoops()).isEqualTo(1);
            assertThat(five.mostLoops()).isEqualTo(Integer.MAX_VALUE);
        }

        @Test
        void mayStillSendWhatWaits_untilTheLevelsTimeIsOver() {
            LevelStart start = new LevelStart(10, SECOND);
            assertThat(five.lastSend(limits(), start, 77)).isEqualTo(10 + SECOND.toNanos());
            assertThat(five.lastSend(limits(), start, 2_000_000_000)).isEqualTo(2_000_000_000);
        }

        @Test
        void thatAreNone_areRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OpenLoop(0, ArrivalProcess.POISSON, 1, 0))
                    .withMessage("an open loop needs a rate above 0 requests per second, but its rate is 0.0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OpenLoop(3, ArrivalProcess.POISSON, 1, -1))
                    .withMessage("maxInFlight must be at least 0, but was -1");
        }
    }

    @Nested
    class Ramps {
        private final UserRamp users = new UserRamp(10, 100, Duration.ofSeconds(90), ThinkTime.NONE);
        private final RateRamp rate = new RateRamp(1, 20.5, SECOND, ArrivalProcess.gamma(0.5), 1, 0);

        @Test
        void areALevelOfTheirMean_whichIsNotSteady() {
            assertThat(users.level()).isEqualTo(new Level("10 → 100 users", Level.Kind.USERS, 55));
            assertThat(new UserRamp(5, 1, SECOND, ThinkTime.NONE).level().name())
                    .isEqualTo("5 → 1 user");
            assertThat(rate.level()).isEqualTo(new Level("1 → 20.5 req/s", Level.Kind.REQUESTS_PER_SECOND, 10.75));
            assertThat(List.of(users.steady(), rate.steady())).containsOnly(false);
            assertThat(rate.details()).containsExactly("GAMMA arrivals (burstiness 0.5)");
        }

        @Test
        void haveRoomForTheMost() {
            assertThat(users.inSession()).hasValue(55);
            assertThat(users.expectedInFlight(SECOND)).isEqualTo(100);
            assertThat(users.mostLoops()).isEqualTo(100);
            assertThat(rate.expectedInFlight(Duration.ofSeconds(2))).isEqualTo(41);
        }

        @Test
        void ofUsers_changeInTheMiddleOfEachShareOfTheWindow() {
            assertThat(users.changeNanos(0)).isEqualTo(500_000_000L);
            assertThat(users.changeNanos(89)).isEqualTo(89_500_000_000L);
            UserRamp fewer = new UserRamp(3, 1, SECOND, ThinkTime.NONE);
            assertThat(fewer.changeNanos(0)).isEqualTo(250_000_000L);
            assertThat(fewer.changeNanos(1)).isEqualTo(750_000_000L);
        }

        @Test
        void ofRates_changeFromTheWindowsOpening() {
            // Twice the mean duration of a request is the lead-in: 1 a second for 4 s.
            RateCourse course = rate.course(new LevelStart(77, Duration.ofSeconds(2)));
            assertThat(course.nanosAt(4)).isCloseTo(4e9, within(1.0));
            assertThat(course.nanosAt(4 + 10.75)).isCloseTo(5e9, within(1.0));
        }

        @Test
        void thatAreNone_areRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new UserRamp(3, 3, SECOND, ThinkTime.NONE))
                    .withMessage("a ramp needs two different numbers of users of at least 1, but has 3 and 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RateRamp(0, 3, SECOND, ArrivalProcess.POISSON, 1, 0))
                    .withMessage("a ramp needs two different rates above 0 requests per second, but has 0.0 and 3.0");
        }
    }

    @Nested
    class TheWarmUp {
        @Test
        void hasNoMoreUsersThanRequests_andAWordForItsLevel() {
            LevelPlan plan = WarmUpLoad.of(3, 5, SECOND);
            assertThat(plan.level().name()).isEqualTo("warm-up");
            assertThat(plan.load().inSession()).hasValue(3);
            assertThat(plan.limits()).isEqualTo(new LevelLimits(3, Optional.empty(), SECOND, Optional.empty()));
        }
    }

    @Nested
    class Limits {
        @Test
        void endTheLevel_oneWayOrTheOther() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LevelLimits(0, Optional.empty(), SECOND, Optional.empty()))
                    .withMessage("a level needs a number of requests or a duration, but has neither");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LevelLimits(-1, Optional.empty(), SECOND, Optional.empty()))
                    .withMessage("requests must be at least 0, but was -1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LevelLimits(1, Optional.empty(), Duration.ZERO, Optional.empty()))
                    .withMessage("maxDuration must be longer than 0, but was 0 ms");
        }
    }

    private static LevelLimits limits() {
        return new LevelLimits(5, Optional.empty(), SECOND, Optional.empty());
    }
}
