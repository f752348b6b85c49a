package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.millis;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.refused;
import static dev.llmload.metric.Requests.sent;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Distribution;
import dev.llmload.result.FailedRequestError;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.measured.Values;
import dev.llmload.result.time.InTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DistributionsTests {
    @Nested
    class FailedRequests {
        @Test
        void rankAboveEveryLatency() {
            List<Requests> requests = new ArrayList<>(Levels.many(18, r -> r));
            requests.add(failed(500, Outcome.TIMEOUT_FIRST_TOKEN, UNKNOWN));
            requests.add(failed(510, Outcome.HTTP_5XX, 503));

            LoadResult result = level(requests).assemble();

            assertThat(result.ttft().percentile(90)).isEqualTo(Duration.ofMillis(20));
            assertThatExceptionOfType(FailedRequestError.class)
                    .isThrownBy(() -> result.ttft().p95())
                    .withMessage(
                            "ttft p95 falls on a failed request: 2 of 20 requests failed, and a failed request ranks"
                                    + " above every latency; ofSuccesses() reads the successes alone");
            assertThatExceptionOfType(FailedRequestError.class)
                    .isThrownBy(() -> result.e2e().max())
                    .withMessageStartingWith("e2e max falls on a failed request");
            assertThat(result.e2e().min()).isEqualTo(Duration.ofMillis(100));
            assertThat(result.e2e().ofSuccesses().max()).isEqualTo(Duration.ofMillis(100));
            assertThat(result.ttft().ofSuccesses().p95()).isEqualTo(Duration.ofMillis(20));
            assertThat(result.distribution(Metric.TTFT).failed()).isEqualTo(2);
            assertThat(result.distribution(Metric.TPOT).failed()).isEqualTo(2);
            assertThat(result.distribution(Metric.ITL).failed()).isZero();
        }

        @Test
        void rankBelowEverySpeed() {
            LoadResult result = level(sent(0), sent(100), sent(200), failed(300, Outcome.RESET, 200))
                    .assemble();

            assertThat(result.outputSpeed().p50()).isEqualTo(62.5);
            assertThatExceptionOfType(FailedRequestError.class)
                    .isThrownBy(() -> result.outputSpeed().percentile(25))
                    .withMessage(
                            "output_speed p25 falls on a failed request: 1 of 4 requests failed, and a failed request"
                                    + " ranks below every speed; ofSuccesses() reads the successes alone");
            assertThat(result.outputSpeed().ofSuccesses().percentile(25)).isEqualTo(62.5);
        }

        @Test
        void allFailed_leavesNoValueButTheirNumber() {
            LoadResult result =
                    level(failed(0, Outcome.HTTP_5XX, 500), refused(100)).assemble();

            assertThat(result.ttft().isPresent()).isFalse();
            assertThat(result.distribution(Metric.TTFT).absentReason()).isEqualTo("no request succeeded");
            assertThat(result.distribution(Metric.TTFT).failed()).isEqualTo(2);
            assertThat(result.distribution(Metric.TPOT).failed()).isEqualTo(2);
            assertThat(result.successRate().value()).isZero();
            assertThat(result.throughput().value()).isZero();
            assertThat(result.requestRate().value()).isZero();
        }
    }

    @Nested
    class SuccessesWithoutAValue {
        @Test
        void areNoFailures() {
            LoadResult result = level(
                            sent(0),
                            sent(200).onlyReasoning(),
                            sent(400).last(420).tokens(5, 0, 1))
                    .assemble();

            assertThat(millis(result, Metric.TTFO)).containsExactly(20, 20);
            assertThat(result.distribution(Metric.TTFO).failed()).isZero();
            assertThat(millis(result, Metric.TPOT)).containsExactly(16, 16);
            assertThat(result.distribution(Metric.TPOT).failed()).isZero();
            assertThat(result.successRate().value()).isEqualTo(1);
        }

        @Test
        void onlySingleTokenAnswers_haveTtftAndE2eButNoTpot() {
            LoadResult result = level(
                            sent(0).last(20).tokens(5, 0, 1),
                            sent(500).last(520).tokens(5, 0, 1))
                    .assemble();

            assertThat(millis(result, Metric.TTFT)).containsExactly(20, 20);
            assertThat(millis(result, Metric.E2E)).containsExactly(20, 20);
            assertThat(result.successRate().value()).isEqualTo(1);
            assertThat(result.distribution(Metric.TPOT).absentReason())
                    .isEqualTo("no answer had tokens after its first event");
            assertThat(result.distribution(Metric.OUTPUT_SPEED).isPresent()).isFalse();
            assertThat(result.distribution(Metric.ITL).absentReason())
                    .isEqualTo("no answer arrived in more than one piece");
        }

        @Test
        void onlyReasoning_saysSo() {
            LoadResult result = level(sent(0).onlyReasoning()).assemble();
            assertThat(result.distribution(Metric.TTFO).absentReason())
                    .isEqualTo("no answer had a token other than reasoning");
        }
    }

    @Test
    void withoutUsage_tokenMetricsAreAbsent_andTimesAreThere() {
        LoadResult result = level(sent(0).noUsage(), sent(200).noUsage()).assemble();

        assertThat(result.successRate().value()).isEqualTo(1);
        assertThat(millis(result, Metric.TTFT)).containsExactly(20, 20);
        assertThat(result.itl().isPresent()).isTrue();
        for (Metric metric : List.of(Metric.TPOT, Metric.OUTPUT_SPEED, Metric.REQUEST_SPEED)) {
            assertThat(result.distribution(metric).absentReason()).contains("no usage");
        }
        assertThat(result.ttftPerPromptToken().distribution().absentReason())
                .isEqualTo("the number of prompt tokens is unknown");
        assertThat(result.throughput().absentReason()).contains("no usage");
        assertThat(result.totalThroughput().absentReason()).contains("no usage");
        assertThat(result.requestRate().isPresent()).isTrue();
        assertThat(result.timeline().get(0).tokensPerSecond()).isNaN();
        assertThat(result.tokens().perArrival()).isNaN();
    }

    @Test
    void connect_isOfAllThatGotAConnection() {
        LoadResult result = level(
                        sent(0).connect(4),
                        sent(100).connect(0),
                        sent(200),
                        failed(300, Outcome.HTTP_4XX, 404).connect(6),
                        refused(400))
                .assemble();

        assertThat(millis(result, Metric.CONNECT)).containsExactly(0, 4, 6);
        assertThat(result.distribution(Metric.CONNECT).failed()).isEqualTo(1);
    }

    @Test
    void dispatchDelay_isOfAllThatWereSent() {
        LoadResult result = level(
                        sent(10).scheduled(8),
                        failed(100, Outcome.RESET, 200).scheduled(99),
                        failed(200, Outcome.CUT, UNKNOWN).scheduled(197),
                        refused(300))
                .assemble();

        assertThat(millis(result, Metric.DISPATCH_DELAY)).containsExactly(1, 2, 3);
        assertThat(result.distribution(Metric.DISPATCH_DELAY).failed()).isZero();
    }

    @Test
    void theSample_isWhatWasSentInTheWindow_andWarmUpIsInNoNumber() {
        LoadResult result = level(
                        Levels.rampIn(-150).first(-10).last(0),
                        Requests.sent(-400).phase(dev.llmload.result.request.Phase.WARMUP),
                        sent(10).first(40),
                        sent(900).first(950).last(1300))
                .run(-150, 1300)
                .assemble();

        assertThat(millis(result, Metric.TTFT)).containsExactly(30, 50);
        assertThat(result.requests().attempted()).isEqualTo(2);
    }

    @Test
    void gapsBetweenArrivals_arePooled() {
        LoopRecorder recorder = Levels.recorder(sent(0));
        LoadResult result = level(recorder).assemble();

        Distribution itl = result.distribution(Metric.ITL);
        assertThat(itl.count()).isEqualTo(5);
        assertThat(itl.isExact()).isFalse();
        assertThat(itl.percentile(50)).isCloseTo(16e6, within(16e6 / 1000));
    }

    @Test
    void gapsKeepWhenTheyCame_soThatThoseOfSlowRequestsAreSeenToComeTogether() {
        List<Requests> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // gaps of 16 ms, of ten requests in a row 30 ms
            requests.add(sent(200 * i).last(200 * i + (i / 10 == 4 ? 170 : 100)));
        }
        LoadResult result = level(requests).window(0, 20_000).run(0, 20_000).assemble();

        InTime when = Values.of(result.distribution(Metric.ITL)).inTime().orElseThrow();
        long[] slow = when.above(22e6).get(0)[0];
        assertThat(LongStream.of(when.all()[0]).sum()).isEqualTo(500);
        assertThat(LongStream.of(slow).sum()).isEqualTo(50);
        // two seconds of twenty, in slices of 268 ms
        assertThat(slow).hasSizeBetween(74, 76);
        assertThat(LongStream.of(slow).filter(count -> count > 0).count()).isBetween(7L, 9L);
    }

    @Test
    void nothingAttempted_isAbsentEverywhere() {
        LoadResult result = level(new LoopRecorder()).run(0, 0).assemble();

        assertThat(result.successRate().absentReason()).isEqualTo("no request was attempted");
        assertThat(result.throughput().isPresent()).isFalse();
        assertThat(result.requestRate().isPresent()).isFalse();
        assertThat(result.distribution(Metric.TTFT).absentReason()).isEqualTo("no request was attempted");
        assertThat(result.inFlightMean()).isZero();
        assertThat(result.timeline()).isEmpty();
    }

    @Test
    void everythingCut_isAbsentWithThatReason() {
        LoadResult result = level(failed(0, Outcome.CUT, 200)).assemble();

        assertThat(result.successRate().absentReason()).isEqualTo("every request was cut off");
        assertThat(result.distribution(Metric.TTFT).absentReason())
                .isEqualTo("no request got so far before it was cut off");
    }

    @Test
    void timeThatRanBackwards_isLeftOutAndSaid() {
        LoadResult result = level(sent(0).first(-1), sent(200)).assemble();

        assertThat(millis(result, Metric.TTFT)).containsExactly(20);
        assertThat(result.notes()).anyMatch(note -> note.contains("Time ran backwards in 1 place"));
    }
}
