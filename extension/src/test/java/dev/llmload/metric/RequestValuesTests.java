package dev.llmload.metric;

import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestValuesTests {
    private static double millis(Metric metric, Requests request) {
        return RequestValues.of(metric, request.build()) / 1e6;
    }

    @Nested
    class Latencies {
        private final Requests request = sent(100)
                .scheduled(70)
                .headers(105)
                .first(120)
                .firstOutput(150)
                .last(200)
                .closed(203)
                .connect(12);

        @Test
        void eachIsTheDifferenceOfItsTwoInstants() {
            assertThat(millis(Metric.SERVICE_TTFT, request)).isEqualTo(20);
            assertThat(millis(Metric.SERVICE_TTFO, request)).isEqualTo(50);
            assertThat(millis(Metric.SERVICE_E2E, request)).isEqualTo(100);
            assertThat(millis(Metric.TTFB, request)).isEqualTo(5);
            assertThat(millis(Metric.CONNECT, request)).isEqualTo(12);
            assertThat(millis(Metric.STREAM_CLOSE, request)).isEqualTo(3);
            assertThat(millis(Metric.DISPATCH_DELAY, request)).isEqualTo(30);
        }

        @Test
        void whatAUserFeels_countsFromTheScheduledInstant() {
            assertThat(millis(Metric.TTFT, request)).isEqualTo(50);
            assertThat(millis(Metric.TTFO, request)).isEqualTo(80);
            assertThat(millis(Metric.E2E, request)).isEqualTo(130);
        }

        @Test
        void theSpeedOfARequest_isThatOfTheService() {
            assertThat(RequestValues.of(
                            Metric.REQUEST_SPEED, request.tokens(10, 0, 6).build()))
                    .isEqualTo(60);
        }

        @Test
        void connectIsZeroOnReuse_andAbsentIfUnknown() {
            assertThat(millis(Metric.CONNECT, sent(0).connect(0))).isZero();
            assertThat(millis(Metric.CONNECT, sent(0))).isNaN();
        }

        @Test
        void reasoningOnly_hasTtftButNoTtfo() {
            assertThat(millis(Metric.TTFT, sent(0).onlyReasoning())).isEqualTo(20);
            assertThat(millis(Metric.TTFO, sent(0).onlyReasoning())).isNaN();
        }

        @Test
        void timeThatRunsBackwards_isAbsentAndNeverNegative() {
            assertThat(millis(Metric.TTFT, sent(0).first(-1))).isNaN();
            assertThat(millis(Metric.TPOT, sent(0).first(50).last(40))).isNaN();
            assertThat(millis(Metric.STREAM_CLOSE, sent(0).closed(99))).isNaN();
        }

        @Test
        void theScheduledTime_holdsTheClientsOwnQueue() {
            // 10 requests a second through one slot of 500 ms: the fourth is due at 300 and sent at 1500
            Requests fourth = sent(1500).scheduled(300).first(2000).last(2000);
            assertThat(millis(Metric.SERVICE_TTFT, fourth)).isEqualTo(500);
            assertThat(millis(Metric.TTFT, fourth)).isEqualTo(1700);
        }

        @Test
        void whatIsNotOfOneRequest_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RequestValues.of(Metric.ITL, sent(0).build()))
                    .withMessage("itl is not a value of one request");
        }
    }

    @Nested
    class TimePerOutputToken {
        @Test
        void sixTokensBetween120And200() {
            Requests request = sent(100).first(120).last(200).tokens(5, 0, 6);
            assertThat(millis(Metric.TPOT, request)).isEqualTo(16.0);
            assertThat(RequestValues.of(Metric.OUTPUT_SPEED, request.build())).isEqualTo(62.5);
        }

        @Test
        void nineTokensInThreeEvents() {
            Requests request =
                    sent(1000).first(1040).last(1120).tokens(5, 0, 9).events(3).arrivals(3);
            assertThat(millis(Metric.TPOT, request)).isEqualTo(10.0);
        }

        @Test
        void oneToken_hasNone() {
            Requests request = sent(0).first(20).last(20).tokens(5, 0, 1);
            assertThat(millis(Metric.TPOT, request)).isNaN();
            assertThat(RequestValues.of(Metric.OUTPUT_SPEED, request.build())).isNaN();
            assertThat(millis(Metric.TTFT, request)).isEqualTo(20);
            assertThat(millis(Metric.E2E, request)).isEqualTo(20);
        }

        @Test
        void twoTokensBothInTheFirstEvent_haveNone() {
            assertThat(millis(Metric.TPOT, sent(0).tokens(5, 0, 2).firstEventOf(2)))
                    .isNaN();
        }

        @Test
        void severalTokensPerEvent_divideByThoseAfterTheFirstEventWhereTheServerCountsThem() {
            Requests request =
                    sent(0).first(100).last(160).tokens(5, 0, 8).events(4).arrivals(4);
            assertThat(millis(Metric.TPOT, request)).isCloseTo(60.0 / 7, within(1e-9));
            assertThat(millis(Metric.TPOT, request.firstEventOf(2))).isEqualTo(10.0);
        }

        @Test
        void ttftPerPromptToken_isOfTheTokensThatNoCacheHeld() {
            Requests request = sent(0).first(60);
            assertThat(millis(Metric.TTFT_PER_PROMPT_TOKEN, request.tokens(40, 10, 6)))
                    .isEqualTo(2);
            assertThat(millis(Metric.TTFT_PER_PROMPT_TOKEN, request.tokens(40, RequestRecord.UNKNOWN, 6)))
                    .isEqualTo(1.5);
            assertThat(millis(Metric.TTFT_PER_PROMPT_TOKEN, request.tokens(40, 40, 6)))
                    .isNaN();
            assertThat(millis(Metric.TTFT_PER_PROMPT_TOKEN, request.tokens(RequestRecord.UNKNOWN, 0, 6)))
                    .isNaN();
        }

        @Test
        void hiddenReasoning_isNotStreamed() {
            Requests request = sent(0).first(100).last(200).tokens(5, 0, 31).streamed(11);
            assertThat(millis(Metric.TPOT, request)).isEqualTo(10);
            assertThat(RequestValues.of(Metric.REQUEST_SPEED, request.build())).isEqualTo(155);
        }

        @Test
        void allInOneArrival_hasNone_soNoSpeedIsInfinite() {
            Requests request = sent(0).first(20).last(20).tokens(5, 0, 2).arrivals(1);
            assertThat(millis(Metric.TPOT, request)).isNaN();
            assertThat(RequestValues.of(Metric.OUTPUT_SPEED, request.build())).isNaN();
        }

        @Test
        void withoutUsage_hasNone() {
            assertThat(millis(Metric.TPOT, sent(0).noUsage())).isNaN();
            assertThat(RequestValues.of(Metric.REQUEST_SPEED, sent(0).noUsage().build()))
                    .isNaN();
        }
    }

    @Test
    void requestSpeed_holdsTheTimeToTheFirstToken() {
        assertThat(RequestValues.of(
                        Metric.REQUEST_SPEED,
                        sent(0).last(2000).tokens(5, 0, 50).build()))
                .isEqualTo(25);
    }

    @Test
    void aFailureIsNoValueOfALatency_butItsConnectionIsOneOfConnect() {
        Requests failed = Requests.failed(0, Outcome.HTTP_5XX, 503).connect(3);
        assertThat(RequestValues.counts(Metric.TTFB, failed.build())).isFalse();
        assertThat(RequestValues.failed(Metric.TTFB, failed.build())).isTrue();
        assertThat(RequestValues.counts(Metric.CONNECT, failed.build())).isTrue();
        assertThat(RequestValues.failed(Metric.CONNECT, failed.build())).isFalse();
        assertThat(RequestValues.failed(Metric.CONNECT, Requests.refused(0).build()))
                .isTrue();
    }

    @Test
    void whatWasCut_isNeitherAValueNorAFailure() {
        Requests cut = Requests.failed(0, Outcome.CUT, 200).connect(3);
        assertThat(RequestValues.counts(Metric.TTFT, cut.build())).isFalse();
        assertThat(RequestValues.failed(Metric.TTFT, cut.build())).isFalse();
        assertThat(RequestValues.counts(Metric.CONNECT, cut.build())).isFalse();
    }
}
