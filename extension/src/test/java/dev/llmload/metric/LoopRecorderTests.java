package dev.llmload.metric;

import static dev.llmload.metric.Requests.at;
import static dev.llmload.metric.Requests.sent;
import static dev.llmload.result.request.RequestRecord.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.measured.Values;
import dev.llmload.result.request.Phase;
import dev.llmload.result.time.InTime;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LoopRecorderTests {
    private final LoopRecorder recorder = new LoopRecorder();

    @Nested
    class Gaps {
        @Test
        void ofArrivalsAt100And105And115And130() {
            recorder.arrival(Phase.WINDOW, at(100), ABSENT, 1, 0);
            recorder.arrival(Phase.WINDOW, at(105), 5_000_000, 1, 0);
            recorder.arrival(Phase.WINDOW, at(115), 10_000_000, 1, 0);
            recorder.arrival(Phase.WINDOW, at(130), 15_000_000, 1, 0);

            assertThat(recorder.windowGaps().getTotalCount()).isEqualTo(3);
            for (long gap : new long[] {5_000_000, 10_000_000, 15_000_000}) {
                assertThat(recorder.windowGaps().getCountAtValue(gap)).isEqualTo(1);
            }
        }

        @Test
        void aSingleArrivalHasNone() {
            recorder.arrival(Phase.WINDOW, at(100), ABSENT, 3, 0);
            assertThat(recorder.windowGaps().getTotalCount()).isZero();
        }

        @Test
        void belowAMicrosecondAndAboveAnHour_countAsThat() {
            recorder.arrival(Phase.WINDOW, at(0), 0, 1, 0);
            recorder.arrival(Phase.WINDOW, at(0), 999, 1, 0);
            recorder.arrival(Phase.WINDOW, at(0), Long.MAX_VALUE, 1, 0);

            assertThat(recorder.windowGaps().getCountAtValue(1_000)).isEqualTo(2);
            assertThat(recorder.windowGaps().getMaxValue()).isGreaterThanOrEqualTo(3_600_000_000_000L);
            assertThat((double) recorder.windowGaps().getMaxValue()).isCloseTo(3.6e12, within(3.6e9));
        }

        @Test
        void keepThreeDigitsDownToAMicrosecond() {
            recorder.arrival(Phase.WINDOW, at(0), 1_234, 1, 0);
            assertThat(recorder.windowGaps().getMaxValue()).isEqualTo(1_234);
        }

        @Test
        void negative_isAnErrorOfMeasurement_notAValue() {
            recorder.arrival(Phase.WINDOW, at(0), -5, 1, 0);
            assertThat(recorder.windowGaps().getTotalCount()).isZero();
            assertThat(recorder.backwardGaps()).isEqualTo(1);
            assertThat(Levels.level(recorder).assemble().notes())
                    .anyMatch(note -> note.contains("Time ran backwards in 1 place"));
        }

        @Test
        void areKeptByThePhaseInWhichTheRequestWasSent() {
            recorder.arrival(Phase.RAMP_IN, at(0), 1_000_000, 1, 0);
            recorder.arrival(Phase.WINDOW, at(0), 2_000_000, 1, 0);
            recorder.arrival(Phase.WARMUP, at(0), 3_000_000, 1, 0);

            assertThat(recorder.windowGaps().getTotalCount()).isEqualTo(1);
            assertThat(Merged.of(List.of(recorder)).allGaps().getTotalCount()).isEqualTo(2);
        }

        @Test
        void ofAllLoops_arePooled() {
            LoopRecorder other = new LoopRecorder();
            recorder.arrival(Phase.WINDOW, at(0), 1_000_000, 1, 0);
            other.arrival(Phase.WINDOW, at(0), 2_000_000, 1, 0);
            assertThat(Merged.of(List.of(recorder, other)).windowGaps().getTotalCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void anArrivalAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        arrivals(1000);
        long before = threads.getCurrentThreadAllocatedBytes();
        arrivals(100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // reading the counter may itself cost a little; one object per arrival would be 1.6 MB
        assertThat(allocated).isLessThan(100_000);
    }

    private void arrivals(int count) {
        for (int i = 0; i < count; i++) {
            recorder.arrival(Phase.WINDOW, at(i / 100.0), 10_000L + i, 1, 0);
        }
    }

    @Nested
    class Records {
        @Test
        void needAnEnd() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> recorder.ended(Requests.endless().build()))
                    .withMessageContaining("must have a closed instant");
        }

        @Test
        void needATokenToSucceed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            recorder.ended(Requests.failed(0, Outcome.OK, 200).build()))
                    .withMessageContaining("must have sent, firstToken and lastToken");
        }

        @Test
        void limitMustNotBeNegative() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LoopRecorder(-1, Objectives.NONE))
                    .withMessage("exactRecords must be at least 0, but was -1");
        }
    }

    /** 30 requests of which 10 are kept must give what 30 kept ones give, to the resolution of what replaces them. */
    @Nested
    class BeyondItsLimit {
        private final List<Requests> requests = requests();
        private final LoadResult all = assemble(Levels.fill(new LoopRecorder(), requests));
        private final LoadResult some = assemble(Levels.fill(new LoopRecorder(10, Objectives.NONE), requests));

        private List<Requests> requests() {
            List<Requests> made = new ArrayList<>();
            for (int i = 0; i < 27; i++) {
                made.add(sent(i * 100)
                        .phase(i < 3 ? Phase.RAMP_IN : Phase.WINDOW)
                        .first(i * 100 + 20 + i)
                        .last(i * 100 + 100)
                        .connect(i)
                        .tokens(10 + i, i % 3, 5 + i));
            }
            made.add(Requests.failed(2700, Outcome.HTTP_5XX, 503));
            made.add(Requests.refused(2800));
            made.add(Requests.failed(2900, Outcome.CUT, 200));
            return made;
        }

        private LoadResult assemble(LoopRecorder loop) {
            return Levels.level(loop).window(300, 2900).run(0, 3000).assemble();
        }

        @Test
        void itKeepsThatMany_andTheResultIsMarked() {
            LoopRecorder limited = Levels.fill(new LoopRecorder(10, Objectives.NONE), requests);
            assertThat(limited.records()).hasSize(10);
            assertThat(some.distribution(Metric.TTFT).isExact()).isFalse();
            assertThat(all.distribution(Metric.TTFT).isExact()).isTrue();
            assertThat(some.notes()).anyMatch(note -> note.startsWith("Only the first 10 of 30 requests"));
        }

        @Test
        void countsAndTokensAreTheSame() {
            assertThat(some.requests()).isEqualTo(all.requests());
            assertThat(some.tokens()).isEqualTo(all.tokens());
            assertThat(some.successRate().value()).isEqualTo(all.successRate().value());
            assertThat(some.throughput().value()).isCloseTo(all.throughput().value(), within(1e-9));
        }

        @Test
        void distributionsAreTheSameToThreeDigits() {
            for (Metric metric : RequestValues.METRICS) {
                Distribution exact = all.distribution(metric);
                Distribution pooled = some.distribution(metric);
                assertThat(pooled.count()).as(metric.word()).isEqualTo(exact.count());
                assertThat(pooled.failed()).as(metric.word()).isEqualTo(exact.failed());
                for (double p : new double[] {1, 50, 90, 99, 100}) {
                    double value = exact.percentile(p);
                    assertThat(pooled.percentile(p))
                            .as(metric.word() + " p" + p)
                            .isCloseTo(value, within(Math.max(value / 1000, 1e-3)));
                }
            }
        }

        @Test
        void whenTheRequestsWereDueIsKept_ofThoseThatAreKeptAndOfTheOthers() {
            InTime when = Values.of(some.distribution(Metric.TTFT)).inTime().orElseThrow();
            assertThat(sum(when.all())).isEqualTo(all.distribution(Metric.TTFT).count());
            assertThat(sum(when.failures())).isEqualTo(2);
            // 24 successes of 2.4 s, in slices of at least the 96 ms that a request takes
            assertThat(when.all()[0]).hasSizeBetween(20, 27);
            assertThat(when.all()[0][0]).isBetween(1L, 2L);
        }

        private static long sum(long[][] counts) {
            return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
        }

        @Test
        void ratesOfTheWindowAreTheSameToATimeBin() {
            assertThat(some.inFlightMean()).isCloseTo(all.inFlightMean(), within(1e-9));
            assertThat(some.requestRate().value()).isCloseTo(all.requestRate().value(), within(1 / 2.6));
            assertThat(some.totalThroughput().value())
                    .isCloseTo(all.totalThroughput().value(), within(40 / 2.6));
        }

        @Test
        void theTimelineIsTheSame() {
            assertThat(some.timeline()).hasSameSizeAs(all.timeline());
            for (int second = 0; second < 3; second++) {
                assertThat(some.timeline().get(second).inFlight())
                        .isCloseTo(all.timeline().get(second).inFlight(), within(1e-9));
                assertThat(some.timeline().get(second).failures())
                        .isEqualTo(all.timeline().get(second).failures());
            }
        }

        @Test
        void theWholeRunIsCoveredToo() {
            LoadResult exact = Levels.level(Levels.fill(new LoopRecorder(), requests))
                    .neverOpened()
                    .run(0, 3000)
                    .assemble();
            LoadResult pooled = Levels.level(Levels.fill(new LoopRecorder(0, Objectives.NONE), requests))
                    .neverOpened()
                    .run(0, 3000)
                    .assemble();
            assertThat(pooled.requests()).isEqualTo(exact.requests());
            assertThat(pooled.requests().attempted()).isEqualTo(30);
            assertThat(pooled.throughput().value()).isEqualTo(exact.throughput().value());
            assertThat(pooled.requestRate().value())
                    .isCloseTo(exact.requestRate().value(), within(1e-9));
        }
    }
}
