package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.metric.check.EndpointKeepsUp;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenLoopChecksTests {
    /** Requests due every 10 ms, each so much later sent. */
    private static List<Requests> late(int count, int lateOnes, double byMillis) {
        List<Requests> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(sent(i * 10 + (i < lateOnes ? byMillis : 0)).scheduled(i * 10));
        }
        return requests;
    }

    @Nested
    class LoadWasWhatItClaims {
        @Test
        void fiveInAHundredMayBeLate() {
            ValidityCheck check = level(late(100, 5, 11)).perSecond(100).check("load was what it claims");

            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail())
                    .isEqualTo("5 % of 100 requests left more than 10 ms after their instant for no reason of the"
                            + " endpoint's; 100 requests due in the window, 100 sent");
        }

        @Test
        void sixInAHundredMayNot() {
            ValidityCheck check = level(late(100, 6, 11)).perSecond(100).check("load was what it claims");

            assertThat(check.ok()).isFalse();
            assertThat(check.detail())
                    .isEqualTo("6 % of 100 requests left more than 10 ms after their instant for no reason of the"
                            + " endpoint's, which is above 5 %; 100 requests due in the window, 100 sent");
            assertThat(check.bias()).containsEntry(Metric.TTFT, Bias.DOWN).containsEntry(Metric.THROUGHPUT, Bias.DOWN);
        }

        @Test
        void aWindowThatNeverOpened_isNotTheLoad() {
            LoadResult result =
                    level(late(100, 0, 0)).perSecond(100).neverOpened().assemble();

            assertThat(Levels.check(result, "load was what it claims").detail())
                    .isEqualTo("the window never opened, because the level was over within its lead-in");
            assertThat(result.notes())
                    .anyMatch(note -> note.startsWith("The steady window never opened, because the level was over"));
        }

        @Test
        void tenMillisecondsAreNotLate() {
            assertThat(level(late(100, 100, 10))
                            .perSecond(100)
                            .check("load was what it claims")
                            .ok())
                    .isTrue();
        }

        @Test
        void whatMaxInFlightHeldBack_isTheEndpointsLateness() {
            List<Requests> requests = late(100, 50, 400);
            requests.subList(0, 50).forEach(Requests::held);

            assertThat(level(requests)
                            .perSecond(100)
                            .check("load was what it claims")
                            .ok())
                    .isTrue();
        }

        @Test
        void theAchievedRate_isWhatWasSentInTheWindow() {
            // 100 due in the second; the last 20 left after it.
            List<Requests> requests = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                requests.add(sent(i < 80 ? i * 10 : 1000 + i).scheduled(i * 10));
            }

            LoadResult result = level(requests).perSecond(100).assemble();

            assertThat(result.achievedRate().value()).isCloseTo(0.80, within(1e-12));
            assertThat(level(requests).users(1).assemble().achievedRate().isPresent())
                    .isFalse();
        }
    }

    @Nested
    class TheEndpointKeepsUp {
        /** A queue with one server that takes so long; requests come every 10 ms. */
        private Levels queue(double serviceMillis, int count) {
            List<Requests> requests = new ArrayList<>();
            double free = 0;
            for (int i = 0; i < count; i++) {
                double due = i * 10;
                double begin = Math.max(due, free);
                free = begin + serviceMillis;
                requests.add(sent(due).first(free - 1).last(free).closed(free));
            }
            return level(requests).perSecond(100).window(0, count * 10).run(0, Math.max(count * 10, free));
        }

        @Test
        void moreOfferedThanCanBeDone_isNamed() {
            // The published run: 0.5 requests a second at a server that does 0.34; here in hundredths.
            ValidityCheck check = queue(14.7, 200).check("the endpoint keeps up");

            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail())
                    .startsWith("OVER-SATURATED: 100 req/s came and 68")
                    .contains("so that the queue only grew", "not how fast the endpoint is");
            assertThat(check.bias()).isEmpty();
        }

        @Test
        void whereTheLoadItselfRises_nothingIsSaid() {
            ValidityCheck check = queue(14.7, 200).changing().check("the endpoint keeps up");

            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail())
                    .isEqualTo("the load itself changes within the level, so that a trend does not tell");
        }

        @Test
        void aQueueThatHasAnEnd_isNot() {
            assertThat(queue(9.5, 200).check("the endpoint keeps up").status()).isEqualTo(Status.OK);
        }

        @Test
        void chanceIsNotTakenForATrend() {
            long named = IntStream.range(0, 200)
                    .filter(seed -> {
                        Random random = new Random(seed);
                        List<Requests> requests = new ArrayList<>();
                        for (int i = 0; i < 200; i++) {
                            double ttft = 20 * Math.exp(0.8 * random.nextGaussian());
                            requests.add(sent(i * 10).first(i * 10 + ttft).last(i * 10 + ttft + 50));
                        }
                        return level(requests)
                                        .perSecond(100)
                                        .window(0, 2000)
                                        .check("the endpoint keeps up")
                                        .status()
                                == Status.WARNING;
                    })
                    .count();

            assertThat(named).isZero();
        }

        @Test
        void aHandfulOfRequests_doesNotTell() {
            assertThat(queue(30, 19).check("the endpoint keeps up").detail())
                    .isEqualTo("fewer than 20 requests do not tell");
        }

        @Test
        void usersWait_soThatTheirQueueCannotGrow() {
            assertThat(level(sent(0)).assemble().validity())
                    .extracting(ValidityCheck::check)
                    .doesNotContain("the endpoint keeps up");
        }

        @Test
        void kendall() {
            assertThat(EndpointKeepsUp.kendall(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}))
                    .isEqualTo(45);
            assertThat(EndpointKeepsUp.kendall(new double[] {3, 2, 1})).isEqualTo(-3);
            assertThat(EndpointKeepsUp.kendall(new double[] {1, 1, Double.NaN, 2}))
                    .isEqualTo(2);
        }
    }
}
