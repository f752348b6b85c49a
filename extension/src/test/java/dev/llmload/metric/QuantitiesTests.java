package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.rampIn;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.refused;
import static dev.llmload.metric.Requests.sent;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantitiesTests {
    @Nested
    class Counts {
        @Test
        void attemptedIsSucceededAndFailedAndCut() {
            RequestCounts counts = level(
                            sent(0).finish("length"),
                            sent(10),
                            sent(20),
                            failed(30, Outcome.HTTP_5XX, 503),
                            failed(40, Outcome.HTTP_5XX, 500),
                            failed(50, Outcome.HTTP_5XX, 503),
                            refused(60),
                            failed(70, Outcome.CUT, 200))
                    .stale(2)
                    .assemble()
                    .requests();

            assertThat(counts)
                    .isEqualTo(new RequestCounts(
                            8,
                            3,
                            1,
                            2,
                            Map.of(Outcome.HTTP_5XX, 3L, Outcome.CONNECT, 1L),
                            Map.of(500, 1L, 503, 2L),
                            Map.of("stop", 2L, "length", 1L)));
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"OK", "CUT"})
        void everyKindOfFailureIsInTheDenominator(Outcome outcome) {
            LoadResult result = level(sent(0), sent(100), sent(200), failed(300, outcome, UNKNOWN))
                    .assemble();
            assertThat(result.successRate().value()).isEqualTo(0.75);
            assertThat(result.requests().failures()).isEqualTo(Map.of(outcome, 1L));
        }

        @Test
        void whatWasCut_isInNoRate() {
            LoadResult result = level(
                            sent(0),
                            sent(100),
                            sent(200),
                            failed(300, Outcome.RESET, 200),
                            failed(400, Outcome.CUT, 200))
                    .assemble();
            assertThat(result.successRate().value()).isEqualTo(0.75);
            assertThat(result.requests().attempted()).isEqualTo(5);
        }
    }

    @Nested
    class Throughput {
        @Test
        void countsOutputTokensOfTheWindow() {
            LoadResult result = level(sent(0).tokens(5, 0, 10), sent(500).tokens(5, 0, 30))
                    .window(0, 2000)
                    .assemble();
            assertThat(result.throughput().value()).isEqualTo(20);
        }

        @Test
        void spreadsTheTokensOfARequestEvenlyOverItsEvents() {
            // 12 tokens in 6 events, 2 of them after the window closed
            LoadResult result =
                    level(sent(950).tokens(5, 0, 12).events(6).inWindow(4)).assemble();
            assertThat(result.throughput().value()).isEqualTo(8);
        }

        @Test
        void countsTokensInTheWindowOfRequestsSentBeforeIt_orItsBeginningWouldLookIdle() {
            LoadResult result = level(
                            rampIn(-50).tokens(5, 0, 10).inWindow(7),
                            sent(100).tokens(5, 0, 10),
                            sent(950).inWindow(3))
                    .run(-50, 1050)
                    .assemble();
            assertThat(result.throughput().value()).isEqualTo(20);
            assertThat(result.requests().attempted()).isEqualTo(2);
        }

        @Test
        void leavesFailedRequestsOut() {
            LoadResult result = level(
                            sent(0).tokens(5, 0, 10), sent(200).tokens(5, 0, 10).outcome(Outcome.STREAM_ERROR))
                    .assemble();
            assertThat(result.throughput().value()).isEqualTo(10);
        }

        @Test
        void ofTheWholeRun_countsEveryToken() {
            LoadResult result = level(
                            rampIn(0).tokens(5, 0, 10).inWindow(0),
                            sent(100).tokens(5, 0, 10).inWindow(5))
                    .window(100, 150)
                    .run(0, 200)
                    .assemble();
            assertThat(result.throughput().value()).isEqualTo(100);
        }

        @Test
        void hiddenReasoningTokensAreOutputToo() {
            LoadResult result = level(
                            sent(0).tokens(5, 0, 50).streamed(10).events(10).inWindow(10))
                    .assemble();
            assertThat(result.throughput().value()).isEqualTo(50);
        }
    }

    @Nested
    class TotalThroughput {
        @Test
        void addsUncachedPromptTokens() {
            LoadResult result = level(sent(0).tokens(100, 40, 10)).assemble();
            assertThat(result.totalThroughput().value()).isEqualTo(70);
            assertThat(result.notes()).isEmpty();
        }

        @Test
        void booksThePromptEvenlyBetweenSentAndFirstToken() {
            // three quarters of [-100, 300] are inside the window
            LoadResult result = level(
                            rampIn(-100).first(300).last(320).tokens(100, 0, 10),
                            sent(900).last(1100).first(1100).tokens(100, 0, 10).inWindow(0))
                    .run(-100, 1100)
                    .assemble();
            assertThat(result.totalThroughput().value()).isCloseTo(10 + 75 + 50, within(1e-9));
        }

        @Test
        void takesUnknownCacheUseAsNone_andSaysSo() {
            LoadResult result = level(sent(0).tokens(100, UNKNOWN, 10)).assemble();
            assertThat(result.totalThroughput().value()).isEqualTo(110);
            assertThat(result.notes()).singleElement().asString().contains("came from its cache");
            assertThat(result.tokens().cachedKnown()).isFalse();
        }

        @Test
        void isAbsentWhereOnlyEventsWereCounted() {
            LoadResult result =
                    level(sent(0).tokens(UNKNOWN, UNKNOWN, 10).counted()).assemble();
            assertThat(result.throughput().value()).isEqualTo(10);
            assertThat(result.totalThroughput().absentReason()).isEqualTo("the number of prompt tokens is unknown");
            assertThat(result.tokens().counted()).isTrue();
            assertThat(result.notes()).containsExactly("Tokens are counted events, not the server's usage.");
        }
    }

    @Test
    void requestRate_countsAnswersCompletedInTheWindow() {
        // completed at 0 (opening, in), 100, 999, and 1000 (closing, out)
        LoadResult result = level(rampIn(-100), sent(0), sent(899), sent(900))
                .run(-100, 1000)
                .assemble();
        assertThat(result.requestRate().value()).isEqualTo(3);
    }

    @Test
    void requestRate_ofTheWholeRun_countsTheLastAnswerToo() {
        LoadResult result =
                level(rampIn(0), rampIn(100)).neverOpened().run(0, 200).assemble();
        assertThat(result.requestRate().value()).isEqualTo(10);
    }

    @Test
    void inFlightMean_isWeightedByTime() {
        // 50 ms of the first, 200 of the second, 100 of the last, and a failure of 50 ms, in 1 s
        LoadResult result = level(
                        rampIn(-50).last(50),
                        sent(100).last(250).closed(300),
                        sent(900).last(1300),
                        failed(400, Outcome.RESET, 200),
                        refused(500))
                .run(-50, 1300)
                .assemble();
        assertThat(result.inFlightMean()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void whatNoSourceMeasured_isAbsentWithItsReason() {
        LoadResult result = level(sent(0)).assemble();
        for (Metric metric : Metric.values()) {
            if (!metric.isDistribution()) {
                Quantity quantity = result.quantity(metric);
                assertThat(quantity.isPresent() || !quantity.absentReason().equals("this run does not measure it"))
                        .as(metric.word())
                        .isTrue();
            }
        }
        assertThat(result.mfu().absentReason()).isEqualTo("the model's work and the device's peak are not declared");
        assertThat(result.quantity(Metric.POWER).absentReason()).isEqualTo("no GPU telemetry was recorded");
        assertThat(result.quantity(Metric.GOODPUT).absentReason()).isEqualTo("no per-request objective is declared");
    }

    @Nested
    class CachedShare {
        @Test
        void isOfTheTokensOfAllSuccesses_andNotAMeanOfShares() {
            LoadResult result = level(
                            sent(0).tokens(1000, 900, 10),
                            sent(100).tokens(100, 0, 10),
                            sent(200).noUsage(),
                            sent(300).tokens(5000, 5000, 10).outcome(Outcome.RESET))
                    .assemble();
            assertThat(result.cachedShare().value()).isCloseTo(900.0 / 1100, within(1e-12));
        }

        @Test
        void zeroIsAValue_unknownIsNone() {
            assertThat(level(sent(0).tokens(100, 0, 10))
                            .assemble()
                            .cachedShare()
                            .value())
                    .isZero();
            LoadResult unknown = level(sent(0).tokens(100, UNKNOWN, 10)).assemble();
            assertThat(unknown.cachedShare().absentReason())
                    .isEqualTo("the server's usage does not say how many prompt tokens came from its cache"
                            + " (vLLM says it with --enable-prompt-tokens-details)");
            assertThat(level(sent(0).noUsage()).assemble().cachedShare().absentReason())
                    .startsWith("the server sent no usage");
            assertThat(level(failed(0, Outcome.RESET, UNKNOWN))
                            .assemble()
                            .cachedShare()
                            .absentReason())
                    .isEqualTo("no request succeeded");
        }

        @Test
        void aServerThatNeverSaysZero_leavesItOut() {
            LoadResult result = level(
                            sent(0).tokens(100, UNKNOWN, 10), sent(100).tokens(100, 60, 10))
                    .assemble();
            assertThat(result.cachedShare().value()).isEqualTo(0.3);
            assertThat(result.notes())
                    .containsExactly(
                            "The usage of 1 of 2 answers names no cached tokens, and never 0 in the others: they"
                                    + " count as 0.");
        }

        @Test
        void aServerThatSaysZero_andSometimesNothing_isNotBelieved() {
            LoadResult result = level(
                            sent(0).tokens(100, UNKNOWN, 10),
                            sent(100).tokens(100, 60, 10),
                            sent(200).tokens(100, 0, 10))
                    .assemble();
            assertThat(result.cachedShare().isPresent()).isFalse();
        }
    }

    @Nested
    class Tokens {
        @Test
        void ofTheSuccessesWithUsage() {
            LoadResult result = level(
                            sent(0).tokens(100, 20, 10),
                            sent(100).tokens(50, 0, 30),
                            sent(200).noUsage(),
                            sent(300).tokens(70, 0, 5).outcome(Outcome.RESET))
                    .assemble();
            assertThat(result.tokens().prompt()).isEqualTo(150);
            assertThat(result.tokens().cached()).isEqualTo(20);
            assertThat(result.tokens().output()).isEqualTo(40);
            assertThat(result.tokens().withUsage()).isEqualTo(2);
            assertThat(result.tokens().cachedKnown()).isTrue();
            assertThat(result.tokens().counted()).isFalse();
        }

        @Test
        void severalInOneChunk_areCountedByUsage_notByChunk() {
            // "aa bb", "cc dd", "ee ff", "gg hh" with a usage of 8
            Requests request = sent(0).first(100)
                    .last(160)
                    .tokens(5, 0, 8)
                    .events(4)
                    .arrivals(4)
                    .inWindow(4);
            LoadResult approximate = level(request).assemble();
            LoadResult exact = level(request.firstEventOf(2)).assemble();

            assertThat(approximate.tokens().output()).isEqualTo(8);
            assertThat(approximate.tokens().perArrival()).isEqualTo(2);
            assertThat(approximate.tokens().tpotBound()).isEqualTo(1.0 / 7);
            assertThat(approximate.distribution(Metric.TPOT).max()).isCloseTo(60e6 / 7, within(1e-6));
            assertThat(exact.tokens().tpotBound()).isZero();
            assertThat(exact.distribution(Metric.TPOT).max()).isEqualTo(10e6);
        }

        @Test
        void coalescedEvents_sharedABufferWithAnEarlierOne() {
            LoadResult result = level(
                            sent(0).events(6).arrivals(6), sent(100).events(6).arrivals(3))
                    .assemble();
            assertThat(result.tokens().coalesced()).isEqualTo(0.25);
            assertThat(result.tokens().perArrival()).isCloseTo(12 / 9.0, within(1e-12));
        }

        @Test
        void twoEventsInOneBuffer_areOneArrival_andNoSpeedIsInfinite() {
            LoadResult result =
                    level(sent(0).last(20).tokens(5, 0, 2).arrivals(1)).assemble();
            assertThat(result.tokens().output()).isEqualTo(2);
            assertThat(result.tokens().coalesced()).isEqualTo(0.5);
            assertThat(result.itl().isPresent()).isFalse();
            assertThat(result.outputSpeed().isPresent()).isFalse();
        }

        @Test
        void theBoundOnTpot_isTheMedianOverThoseThatHaveOne() {
            // per request (n−1)/(O−1): 0, 1/10 (11 tokens, 2 an event rounded up), 2/20 … and one without a TPOT
            List<Requests> requests = List.of(
                    sent(0).tokens(5, 0, 6),
                    sent(100).tokens(5, 0, 11).events(10),
                    sent(200).tokens(5, 0, 21).events(7),
                    sent(300).last(320).tokens(5, 0, 9).events(1).arrivals(1));
            LoadResult result = level(requests).assemble();
            assertThat(result.tokens().tpotBound()).isEqualTo(0.1);
            assertThat(result.notes())
                    .containsExactly("How many tokens the first event held is not known, so tpot and output_speed are"
                            + " known to ±10 % only.");
        }
    }
}
