package dev.llmload.load;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a level is a lost cause; every instant is the test's own. */
class AbortMonitorTests {
    /** A clock may stand anywhere, also so that it runs over its end on the way. */
    private static final long ORIGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(12);

    private static final AbortRule BELOW_90 =
            new AbortRule("success_rate < 90 %", Metric.SUCCESS_RATE, Double.NaN, false, new BigDecimal("0.9"));

    private static long at(double seconds) {
        return ORIGIN + Math.round(seconds * 1e9);
    }

    private static AbortRule ttft(double percentile, boolean inclusive, long millis) {
        return rule(Metric.TTFT, percentile, inclusive, millis);
    }

    private static AbortRule rule(Metric metric, double percentile, boolean inclusive, long millis) {
        return new AbortRule("the rule", metric, percentile, inclusive, BigDecimal.valueOf(millis * 1_000_000));
    }

    /** Due half a second before it was sent, so that the scheduled latency is half a second more. */
    private static RequestRecord ended(double atSeconds, Outcome outcome, long ttftMillis, long e2eMillis) {
        long closed = at(atSeconds);
        long sent = closed - TimeUnit.MILLISECONDS.toNanos(e2eMillis);
        boolean ok = outcome == Outcome.OK;
        return new RequestRecord(
                0,
                Phase.WINDOW,
                outcome,
                new RequestRecord.Times(
                        sent - 500_000_000,
                        sent,
                        sent,
                        ok ? sent + TimeUnit.MILLISECONDS.toNanos(ttftMillis) : ABSENT,
                        ABSENT,
                        ok ? closed : ABSENT,
                        closed,
                        0),
                new RequestRecord.Tokens(1, 0, 2, 2, 1, false, 2, 2, 2),
                ok ? 200 : 500,
                "",
                "",
                UNKNOWN,
                UNKNOWN,
                new RequestRecord.Flags(true, false, false));
    }

    private static void successes(AbortMonitor watch, int count, double atSeconds, long ttftMillis) {
        for (int i = 0; i < count; i++) {
            watch.ended(ended(atSeconds, Outcome.OK, ttftMillis, 2 * ttftMillis));
        }
    }

    private static void failures(AbortMonitor watch, int count, double atSeconds) {
        for (int i = 0; i < count; i++) {
            watch.ended(ended(atSeconds, Outcome.HTTP_5XX, 0, 10));
        }
    }

    @Nested
    class SuccessRate {
        private final AbortMonitor watch = new AbortMonitor(List.of(BELOW_90), Level.users(1));

        @Test
        void nineteenRequestsDecideNothing_theTwentiethDoes() {
            failures(watch, 19, 1);
            assertThat(watch.judge(at(1))).isEmpty();
            failures(watch, 1, 1);
            assertThat(watch.judge(at(1)))
                    .contains(
                            "success_rate was 0 % over the last 20 requests, and `abortWhen` says success_rate < 90 %");
        }

        @Test
        void theLimitItselfIsNotBelowIt() {
            successes(watch, 18, 1, 10);
            failures(watch, 2, 1);
            assertThat(watch.judge(at(1))).isEmpty();
            failures(watch, 1, 1);
            assertThat(watch.judge(at(1)))
                    .get()
                    .asString()
                    .startsWith("success_rate was 85.7 % over the last 21 requests");
        }

        @Test
        void theLimitItselfIsOne_ifTheRuleSaysSo() {
            AbortMonitor inclusive = new AbortMonitor(
                    List.of(new AbortRule(
                            "success_rate <= 90 %", Metric.SUCCESS_RATE, Double.NaN, true, new BigDecimal("0.9"))),
                    Level.users(1));
            successes(inclusive, 18, 1, 10);
            failures(inclusive, 2, 1);
            assertThat(inclusive.judge(at(1))).get().asString().startsWith("success_rate was 90 %");
        }

        @Test
        void whatWasCutOff_saysNothing() {
            for (int i = 0; i < 50; i++) {
                watch.ended(ended(1, Outcome.CUT, 0, 10));
            }
            assertThat(watch.judge(at(1))).isEmpty();
        }

        @Test
        void withoutRulesNothingIsKept() {
            AbortMonitor none = new AbortMonitor(List.of(), Level.users(1));
            failures(none, 50, 1);
            assertThat(none.judge(at(1))).isEmpty();
        }
    }

    @Nested
    class Window {
        private final AbortMonitor watch = new AbortMonitor(List.of(BELOW_90), Level.users(1));

        @Test
        void whatEndedMoreThanTenSecondsAgo_isForgotten() {
            failures(watch, 5, 1);
            successes(watch, 45, 1.5, 10);
            assertThat(watch.judge(at(2))).isEmpty();
            failures(watch, 3, 11.2);
            // 8 of 53 are too many; without the five of the first second, 3 of 48 are not.
            assertThat(watch.judge(at(11))).get().asString().contains("over the last 53 requests");
            assertThat(watch.judge(at(11.3))).isEmpty();
        }

        @Test
        void fewerThanTwentyInTenSeconds_areTheLastTwenty() {
            for (int i = 0; i < 30; i++) {
                watch.ended(ended(2 * i, i < 10 ? Outcome.OK : Outcome.TIMEOUT_FIRST_TOKEN, 100, 200));
            }
            assertThat(watch.judge(at(60)))
                    .get()
                    .asString()
                    .startsWith("success_rate was 0 % over the last 20 requests");
        }
    }

    @Nested
    class Latency {
        @Test
        void aPercentileIsItsNearestRank() {
            AbortMonitor watch = new AbortMonitor(List.of(ttft(95, false, 1000)), Level.users(1));
            successes(watch, 19, 1, 1000);
            successes(watch, 1, 1, 5000);
            assertThat(watch.judge(at(1))).isEmpty(); // rank 19 of 20 is 1000 ms
            successes(watch, 1, 1, 1200);
            // rank 20 of 21
            assertThat(watch.judge(at(1)))
                    .contains("ttft p95 was 1200 ms over the last 21 requests, and `abortWhen` says the rule");
        }

        @Test
        void theLimitItselfIsBeyond_onlyIfTheRuleSaysSo() {
            AbortMonitor above = new AbortMonitor(List.of(ttft(50, false, 100)), Level.users(1));
            AbortMonitor from = new AbortMonitor(List.of(ttft(50, true, 100)), Level.users(1));
            successes(above, 20, 1, 100);
            successes(from, 20, 1, 100);
            assertThat(above.judge(at(1))).isEmpty();
            assertThat(from.judge(at(1))).get().asString().startsWith("ttft p50 was 100 ms");
        }

        @Test
        void aFailedRequestIsSlowerThanEveryOther() {
            AbortMonitor watch = new AbortMonitor(List.of(rule(Metric.E2E, 90, false, 60_000)), Level.users(1));
            successes(watch, 18, 1, 10);
            failures(watch, 2, 1);
            assertThat(watch.judge(at(1))).isEmpty();
            failures(watch, 1, 1);
            assertThat(watch.judge(at(1))).get().asString().startsWith("e2e p90 fell on a failed request");
        }

        @Test
        void inOpenLoop_itCountsFromTheScheduledInstant() {
            AbortMonitor closed = new AbortMonitor(List.of(ttft(50, false, 400)), Level.users(1));
            AbortMonitor open = new AbortMonitor(List.of(ttft(50, false, 400)), Level.requestsPerSecond(1));
            successes(closed, 20, 1, 100);
            successes(open, 20, 1, 100);
            assertThat(closed.judge(at(1))).isEmpty();
            assertThat(open.judge(at(1))).get().asString().startsWith("ttft p50 was 600 ms");
        }

        @Test
        void theFirstRuleThatHolds_isNamed() {
            AbortMonitor watch = new AbortMonitor(List.of(BELOW_90, ttft(50, false, 1)), Level.users(1));
            successes(watch, 20, 1, 2);
            assertThat(watch.judge(at(1))).get().asString().startsWith("ttft p50 was 2 ms");
        }
    }

    @Test
    void otherMetricsAndPercentiles_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(Metric.TPOT, 50, false, 1))
                .withMessage("no level is aborted by its tpot");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ttft(0, false, 1))
                .withMessage("a percentile must be above 0 and at most 100, but was 0.0");
    }
}
