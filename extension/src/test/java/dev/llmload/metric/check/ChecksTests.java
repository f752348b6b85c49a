package dev.llmload.metric.check;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.many;
import static dev.llmload.metric.Levels.rampIn;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.refused;
import static dev.llmload.metric.Requests.sent;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.metric.Levels;
import dev.llmload.metric.Requests;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTests {
    @Test
    void eachLevelAnswersAllOfThem() {
        assertThat(level(sent(0)).assemble().validity())
                .extracting(ValidityCheck::check)
                .containsExactly(
                        "client keeps up",
                        "load was what it claims",
                        "nothing was cut",
                        "the stream is a stream",
                        "prompts were fresh",
                        "tokens are known",
                        "tpot is known",
                        "telemetry is whole",
                        "the server did only our work",
                        "requests are independent",
                        "answers look like answers",
                        "efficiency is possible");
    }

    @ParameterizedTest
    @CsvSource({"telemetry is whole", "the server did only our work", "efficiency is possible"})
    void whatHasNoSource_isNotMeasuredAndSaysWhy(String name) {
        ValidityCheck check = level(sent(0)).check(name);
        assertThat(check.status()).isEqualTo(Status.NOT_MEASURED);
        assertThat(check.detail()).isNotBlank();
        assertThat(check.bias()).isEmpty();
        assertThat(check.ok()).isTrue();
    }

    @Test
    void usersWhoThink_areInSession_andNotInFlight() {
        // Two users: each is in flight for 100 ms and thinks for 400, in a window of a second.
        LoadResult result = level(
                        sent(0).thinking(400),
                        sent(500).thinking(400),
                        sent(0).thinking(400),
                        sent(500).thinking(400))
                .users(2)
                .assemble();

        assertThat(result.inFlightMean()).isCloseTo(0.4, within(1e-9));
        assertThat(Levels.check(result, "load was what it claims").detail())
                .isEqualTo("2 of 2 users in session on average (100 %) in the steady window");
    }

    @Nested
    class ClientKeepsUp {
        private static final String NAME = "client keeps up";

        private static ClientHealth health(double utilisation, double queued) {
            return new ClientHealth(utilisation, 0, 900_000, 0.003, queued, true, "");
        }

        /** Twenty answers, each in one piece, after 20 ms; of so many, so much of that may be the client's own. */
        private static Levels late(int answers, double millis) {
            List<Requests> requests = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                requests.add(sent(50 * i)
                        .first(50 * i + 20)
                        .last(50 * i + 50)
                        .arrivals(1)
                        .late(0, i < answers ? millis : 0, 0));
            }
            return level(requests);
        }

        @Test
        void withinItsLimits_isOkWithItsNumbers() {
            ValidityCheck check = late(0, 0).health(health(0.12, 0.02)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail())
                    .isEqualTo("loop delay p99 0.9 ms, utilisation 12 %, stood still 0.3 %, waited for a processor 2 %"
                            + " of the window");
        }

        @Test
        void busyLoop_isNoObjection_whereItReadInTime() {
            assertThat(late(0, 0).health(health(0.99, 0.02)).check(NAME).status())
                    .isEqualTo(Status.OK);
        }

        @Test
        void lateness_thatMovesNoStatedPercentileByAFifth_isNoObjection() {
            assertThat(late(20, 4).health(health(0.1, 0.06)).check(NAME).status())
                    .as("a fifth of 20 ms, in each of them")
                    .isEqualTo(Status.OK);
            assertThat(late(9, 19).health(health(0.1, 0.06)).check(NAME).status())
                    .as("fewer than half of them, and p95 is that of the others")
                    .isEqualTo(Status.OK);
        }

        @Test
        void moreThanAFifthOfAStatedPercentile_isAWarning_thatMovesNoVerdict_andSaysWhatToDo() {
            ValidityCheck check = late(20, 4.1).health(health(0.97, 0.02)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.bias()).isEmpty();
            assertThat(check.detail())
                    .startsWith("up to 4.1 of 20 ms of ttft p50 may be the client's own: the client was busy; give it"
                            + " more cores, more event loops (`llmload.load.loops`)");
        }

        @Test
        void twoMilliseconds_areNoObjection_whateverTheirShare() {
            // A server of another kind than a model: 5 ms, and 2 of them in doubt.
            assertThat(fast(2).check(NAME).status()).isEqualTo(Status.OK);
            assertThat(fast(2.1).check(NAME).detail())
                    .startsWith("up to 2.1 of 5 ms of ttft p50 may be the client's own");
        }

        private static Levels fast(double millis) {
            return level(IntStream.range(0, 10)
                            .mapToObj(i -> sent(100 * i).first(100 * i + 5).late(0, millis, 0))
                            .toList())
                    .health(health(0.1, 0));
        }

        @Test
        void gapsBetweenTokensAreStatedToo() {
            // Six arrivals in 80 ms: gaps of 16 ms, of which each may be 3.3 ms too long.
            assertThat(level(IntStream.range(0, 10)
                                    .mapToObj(i -> sent(100 * i).late(0, 3.3, 0))
                                    .toList())
                            .health(health(0.1, 0))
                            .check(NAME)
                            .detail())
                    .startsWith("up to 3.3 of 16 ms of itl p50 may be the client's own");
        }

        @Test
        void theOneLateRequestOfAFew_isNoLevelThatIsLate() {
            assertThat(few(19).check(NAME).status()).isEqualTo(Status.OK);
            assertThat(few(20).check(NAME).detail()).startsWith("up to 10 of 30 ms of ttft p95");
        }

        /** All but two have their first token after 20 ms, the two after 30 ms, of which 10 may be the client's own. */
        private static Levels few(int requests) {
            return level(IntStream.range(0, requests)
                            .mapToObj(i -> sent(50 * i)
                                    .first(50 * i + (i < 2 ? 30 : 20))
                                    .last(50 * i + 50)
                                    .late(0, i < 2 ? 10 : 0, 0))
                            .toList())
                    .health(health(0.1, 0));
        }

        @Test
        void whereItsThreadsWaitedForAProcessor_itWasTheHost() {
            assertThat(late(20, 5).health(health(0.4, 0.3)).check(NAME).detail())
                    .contains("the host was busy with other work")
                    .endsWith("waited for a processor 30 % of the window)");
        }

        @Test
        void moreThanATwentiethOfTheUsersTime_isAWarning() {
            // One user, ten requests of 100 ms: 5 ms of each may be the client's.
            assertThat(own(4.9).check(NAME).status()).isEqualTo(Status.OK);
            assertThat(own(5.1).check(NAME))
                    .returns(Status.WARNING, ValidityCheck::status)
                    .satisfies(check -> assertThat(check.detail())
                            .startsWith("up to 5.1 % of the users' time may be the client's own"));
        }

        private static Levels own(double millis) {
            return level(IntStream.range(0, 10)
                            .mapToObj(i -> sent(100 * i).late(0.5, 0.5, millis - 0.5))
                            .toList())
                    .health(health(0.1, 0));
        }

        @Test
        void isAskedOfTheWindowThatTheNumbersComeFrom() {
            Levels level = level(sent(0)).health(health(0.9, 0)).healthOfWholeRun(health(0.2, 0));
            assertThat(level.window(0, 1000).check(NAME).detail()).contains("utilisation 90 %");
            // Shorter than twice the median e2e: the whole run counts.
            assertThat(level.window(0, 1).check(NAME).detail()).contains("utilisation 20 %");
        }

        @Test
        void unwatched_isNotMeasured() {
            ValidityCheck check = level(sent(0))
                    .health(ClientHealth.notMeasured("the window was too short for the probe"))
                    .check(NAME);
            assertThat(check.status()).isEqualTo(Status.NOT_MEASURED);
            assertThat(check.detail()).isEqualTo("the window was too short for the probe");
        }
    }

    @Nested
    class LoadWasWhatItClaims {
        private static final String NAME = "load was what it claims";

        @Test
        void ninetyPercentInSession_isEnough() {
            ValidityCheck check =
                    level(sent(0).last(450), sent(450).last(900)).users(1).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).isEqualTo("0.9 of 1 user in session on average (90 %) in the steady window");
        }

        @Test
        void less_movesLatenciesAndThroughputDown() {
            ValidityCheck check = level(sent(0).last(450), sent(450).last(899)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail())
                    .isEqualTo("0.9 of 1 user in session on average (89.9 %) in the steady window,"
                            + " which is below 90 %");
            assertThat(check.bias())
                    .containsEntry(Metric.TTFT, Bias.DOWN)
                    .containsEntry(Metric.E2E, Bias.DOWN)
                    .containsEntry(Metric.OUTPUT_SPEED, Bias.UP)
                    .containsEntry(Metric.THROUGHPUT, Bias.DOWN)
                    .doesNotContainKey(Metric.SUCCESS_RATE);
        }

        @Test
        void requestsSentBeforeTheWindowAreInItToo() {
            ValidityCheck check = level(
                            rampIn(-100).last(500),
                            sent(500).last(900),
                            sent(900).last(1400))
                    .run(-100, 1400)
                    .check(NAME);
            assertThat(check.detail()).startsWith("1 of 1 user");
            assertThat(check.ok()).isTrue();
        }

        @Test
        void aUserWhoseConnectionIsRefusedOrBeingOpened_isInSession() {
            List<Requests> requests = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                requests.add(refused(i * 50));
                requests.add(sent(530 + i * 50)
                        .scheduled(500 + i * 50)
                        .connect(30)
                        .first(540 + i * 50)
                        .last(550 + i * 50));
            }
            LoadResult result = level(requests).assemble();
            assertThat(Levels.check(result, NAME).detail()).startsWith("1 of 1 user");
            assertThat(result.inFlightMean()).isEqualTo(0.2);
        }

        @Test
        void aUserWhoWaitsInTheClientsOwnPool_isNot() {
            // two users through one connection: each waits while the other is served
            List<Requests> requests = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                requests.add(sent(i * 100).scheduled(i * 100 - 100).connect(0));
            }
            ValidityCheck check = level(requests).users(2).check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail()).startsWith("1 of 2 users in session on average (50 %)");
        }

        @Test
        void aWindowThatNeverOpened_isBroken() {
            ValidityCheck check = level(rampIn(0).last(1000)).neverOpened().check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail())
                    .isEqualTo("the window never opened, because not every user finished a request in time;"
                            + " 1 of 1 user in session on average (100 %) over the whole run");
        }
    }

    @Nested
    class TheStreamIsAStream {
        private static final String NAME = "the stream is a stream";

        // 21 tokens, 20 after the first: 4 ms is 0.2 ms per token
        private Requests buffered(double sentMillis) {
            return sent(sentMillis)
                    .first(sentMillis + 200)
                    .last(sentMillis + 203.9)
                    .tokens(5, 0, 21)
                    .arrivals(2);
        }

        private Requests streamed(double sentMillis) {
            return sent(sentMillis)
                    .first(sentMillis + 20)
                    .last(sentMillis + 220)
                    .tokens(5, 0, 21);
        }

        @Test
        void halfOfTheAnswersAtOnce_isBroken_andTimeBetweenTokensIsAbsent() {
            LoadResult result = level(buffered(0), streamed(300)).assemble();
            ValidityCheck check = Levels.check(result, NAME);

            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail())
                    .isEqualTo("1 of 2 answers with more than 8 tokens came in at most 2 network buffers and under"
                            + " 0.2 ms per token: the server or a proxy buffers, so TTFT is nearly e2e");
            assertThat(check.bias())
                    .containsEntry(Metric.TTFT, Bias.UP)
                    .containsEntry(Metric.SERVICE_TTFT, Bias.UP)
                    .doesNotContainKeys(Metric.E2E, Metric.THROUGHPUT);
            for (Metric metric : List.of(Metric.TPOT, Metric.ITL, Metric.OUTPUT_SPEED)) {
                assertThat(result.distribution(metric).absentReason())
                        .isEqualTo("the answers did not come as a stream, but in one or two pieces");
            }
            assertThat(result.ttft().isPresent()).isTrue();
            assertThat(result.requestSpeed().isPresent()).isTrue();
        }

        @Test
        void lessThanHalf_isNot() {
            ValidityCheck check =
                    level(buffered(0), streamed(300), streamed(600)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).startsWith("1 of 3 answers");
        }

        @Test
        void itSaysHowManyTokensShareAnArrival() {
            assertThat(level(streamed(0), streamed(300).arrivals(20))
                            .check(NAME)
                            .detail())
                    .isEqualTo("0 of 2 answers with more than 8 tokens came in at most 2 network buffers and under"
                            + " 0.2 ms per token; 1 tokens per arrival; 2.4 % of the events came with an earlier one");
        }

        @Test
        void itSaysHowWellTpotIsKnown() {
            assertThat(level(streamed(0).events(20).arrivals(20)).check(NAME).detail())
                    .endsWith("; tpot is known to ±5 %");
        }

        @Test
        void threeBuffers_areAStream() {
            assertThat(level(buffered(0).arrivals(3)).check(NAME).status()).isEqualTo(Status.OK);
        }

        @Test
        void twoBuffersButSlow_areAStream() {
            Requests slow = buffered(0).last(204);
            ValidityCheck check = level(slow).check(NAME);
            assertThat(check.status()).isEqualTo(Status.WARNING);
        }

        @Test
        void everythingInOneBuffer_isNot() {
            assertThat(level(buffered(0).last(200).arrivals(1)).check(NAME).status())
                    .isEqualTo(Status.BROKEN);
            assertThat(level(buffered(0).last(200).events(1).arrivals(1))
                            .check(NAME)
                            .status())
                    .isEqualTo(Status.BROKEN);
        }

        @Test
        void answersOfUpToEightTokens_sayNothing() {
            Requests shortOne = sent(0).first(100).last(100).tokens(5, 0, 8).arrivals(1);
            assertThat(level(shortOne).check(NAME).status()).isEqualTo(Status.NOT_MEASURED);
            assertThat(level(shortOne, buffered(300)).check(NAME).detail()).startsWith("1 of 1 answer with");
        }

        @Test
        void withoutUsage_eventsStandInForTokens() {
            assertThat(level(buffered(0).noUsage()).check(NAME).status()).isEqualTo(Status.BROKEN);
        }

        @Test
        void aMedianOfEightTokensPerArrival_isAWarning() {
            ValidityCheck check = level(
                            sent(0).tokens(5, 0, 64).arrivals(8),
                            sent(200).tokens(5, 0, 64).arrivals(8),
                            sent(400).tokens(5, 0, 64))
                    .check(NAME);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail())
                    .isEqualTo("a median of 8 tokens per arrival: a proxy seems to flush only now and then;"
                            + " 2.4 tokens per arrival; 58.3 % of the events came with an earlier one");
            assertThat(check.bias()).isEmpty();

            assertThat(level(sent(0).tokens(5, 0, 63).arrivals(8)).check(NAME).status())
                    .isEqualTo(Status.OK);
        }
    }

    @Nested
    class PromptsWereFresh {
        private static final String NAME = "prompts were fresh";

        private List<Requests> twenty(int repeated) {
            List<Requests> requests = many(20, r -> r.tokens(5, UNKNOWN, 6));
            for (int i = 0; i < repeated; i++) {
                requests.get(19 - i).prompt(1_000_000); // that of the first
            }
            return requests;
        }

        @Test
        void fivePercentRepeated_isStillFresh() {
            ValidityCheck check = level(twenty(1)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).isEqualTo("1 of 20 measured requests (5 %) repeat a prompt of this run");
        }

        @Test
        void moreThanFivePercent_withUnknownCacheUse_isBroken() {
            ValidityCheck check = level(twenty(2)).check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail()).startsWith("2 of 20 measured requests (10 %) repeat a prompt of this run");
            assertThat(check.bias())
                    .containsEntry(Metric.TTFT, Bias.DOWN)
                    .containsEntry(Metric.E2E, Bias.DOWN)
                    .containsEntry(Metric.THROUGHPUT, Bias.UP)
                    .containsEntry(Metric.MFU, Bias.UP)
                    .containsEntry(Metric.COST_PER_MILLION, Bias.DOWN)
                    .doesNotContainKeys(Metric.TPOT, Metric.SUCCESS_RATE);
        }

        @Test
        void repeatedButTheServerSaysWhatItCached_isOk() {
            List<Requests> requests = many(20, r -> r.tokens(5, 1, 6).prompt(7));
            ValidityCheck check = level(requests).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).endsWith("the server says that 20 of 100 prompt tokens came from its cache");
        }

        @Test
        void aPromptOfTheRampInOrOfAnEarlierLevel_countsAsRepeated() {
            List<Requests> requests = twenty(0);
            requests.add(rampIn(-100).n(-2).prompt(1_000_003));
            assertThat(level(requests).check(NAME).detail()).startsWith("1 of 20");
            assertThat(level(requests)
                            .promptsBefore(1_000_005L, 1_000_006L)
                            .check(NAME)
                            .detail())
                    .startsWith("3 of 20");
        }

        private ValidityCheck sharing(double share, int cached) {
            return level(many(20, r -> r.tokens(1000, cached, 6).shared(share))).check(NAME);
        }

        @Test
        void asMuchCachedAsWasMeantToBeShared_isFresh() {
            ValidityCheck check = sharing(0.75, 760);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail())
                    .isEqualTo("0 of 20 measured requests (0 %) repeat a prompt of this run; 75 % of the prompt tokens"
                            + " were meant to be shared, and 76 % came from the server's cache");
            assertThat(sharing(0.75, 0).status()).isEqualTo(Status.OK);
            assertThat(sharing(0.75, 800).status()).isEqualTo(Status.OK);
        }

        @Test
        void moreCachedThanWasMeant_isBroken() {
            ValidityCheck check = sharing(0.75, 801);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail())
                    .endsWith("75 % of the prompt tokens were meant to be shared, and 80.1 % came from the server's"
                            + " cache: more than that and 5 %; it has seen these prompts before this run");
            assertThat(check.bias()).containsEntry(Metric.TTFT, Bias.DOWN).containsEntry(Metric.CACHED_SHARE, Bias.UP);
        }

        @Test
        void whatTheRunRepeats_mayBeCachedBesides() {
            List<Requests> requests =
                    many(20, r -> r.tokens(1000, 1000, 6).shared(0.75).prompt(7));
            requests.set(0, sent(0).tokens(1000, 0, 6).shared(0.75).prompt(7));
            assertThat(level(requests).check(NAME).status()).isEqualTo(Status.OK);
        }

        @Test
        void sharedAndTheServerSaysNothing_isJudgedByWhatIsRepeated() {
            assertThat(sharing(0.75, UNKNOWN).status()).isEqualTo(Status.OK);
            assertThat(sharing(0.75, UNKNOWN).detail()).endsWith("were meant to be shared");
            ValidityCheck repeated = level(many(
                            20, r -> r.tokens(1000, UNKNOWN, 6).shared(0.75).prompt(7)))
                    .check(NAME);
            assertThat(repeated.status()).isEqualTo(Status.BROKEN);
        }

        @Test
        void aLevelsPrompts_canBeHandedToTheNext() {
            assertThat(level(sent(0).prompt(3), sent(100).prompt(3), rampIn(0).prompt(5))
                            .measurement()
                            .prompts())
                    .containsExactlyInAnyOrder(3L, 5L);
        }
    }

    @Nested
    class TokensAreKnown {
        private static final String NAME = "tokens are known";

        @Test
        void onePercentWithoutUsage_isStillKnown() {
            List<Requests> requests = many(99, r -> r);
            requests.add(sent(990).noUsage());
            ValidityCheck check = level(requests).window(0, 2000).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).isEqualTo("1 of 100 successful requests came without usage (1 %)");
        }

        @Test
        void more_affectsTokenRatesButNeverTtft() {
            List<Requests> requests = many(98, r -> r);
            requests.add(sent(980).noUsage());
            ValidityCheck check = level(requests).window(0, 2000).check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.bias())
                    .containsEntry(Metric.THROUGHPUT, Bias.DOWN)
                    .containsEntry(Metric.TPOT, Bias.UNKNOWN)
                    .containsEntry(Metric.OUTPUT_SPEED, Bias.UNKNOWN)
                    .doesNotContainKeys(Metric.TTFT, Metric.E2E, Metric.ITL, Metric.SUCCESS_RATE, Metric.REQUEST_RATE);
        }

        @Test
        void countedEvents_areAWarning() {
            assertThat(level(sent(0).counted()).check(NAME).status()).isEqualTo(Status.WARNING);
        }

        @Test
        void failures_haveNoUsageToMiss() {
            assertThat(level(sent(0), failed(100, Outcome.RESET, 200))
                            .check(NAME)
                            .status())
                    .isEqualTo(Status.OK);
            assertThat(level(failed(100, Outcome.RESET, 200)).check(NAME).status())
                    .isEqualTo(Status.NOT_MEASURED);
        }
    }

    @Nested
    class NothingWasCut {
        private static final String NAME = "nothing was cut";

        @Test
        void onePercent_isAllowed() {
            List<Requests> requests = many(99, r -> r);
            requests.add(failed(990, Outcome.CUT, 200));
            ValidityCheck check = level(requests).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).isEqualTo("1 of 100 requests were cut off (1 %)");
        }

        @Test
        void more_leavesNothingCertain() {
            List<Requests> requests = many(98, r -> r);
            requests.add(failed(980, Outcome.CUT, 200));
            ValidityCheck check = level(requests).check(NAME);
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail()).isEqualTo("1 of 99 requests were cut off (1.01 %), more than 1 %");
            assertThat(check.bias())
                    .hasSize(Metric.values().length)
                    .containsEntry(Metric.SUCCESS_RATE, Bias.UNKNOWN)
                    .allSatisfy((metric, bias) -> assertThat(bias).isEqualTo(Bias.UNKNOWN));
        }
    }

    @Nested
    class AnswersLookLikeAnswers {
        private static final String NAME = "answers look like answers";

        @Test
        void allCutAtTheTokenLimit_isAWarning() {
            ValidityCheck check =
                    level(sent(0).finish("length"), sent(100).finish("length")).check(NAME);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail()).startsWith("every answer was cut at the token limit");
            assertThat(check.bias()).isEqualTo(Map.of());

            assertThat(level(sent(0).finish("length"), sent(100)).check(NAME).status())
                    .isEqualTo(Status.OK);
        }

        @Test
        void lessThanThreeTokensOnAverage_isAWarning() {
            assertThat(level(sent(0).tokens(5, 0, 2), sent(100).tokens(5, 0, 3))
                            .check(NAME)
                            .detail())
                    .startsWith("the answers have 2.5 output tokens on average");
            assertThat(level(sent(0).tokens(5, 0, 3)).check(NAME).status()).isEqualTo(Status.OK);
        }

        @Test
        void unknownTokens_areNotFewTokens() {
            assertThat(level(sent(0).noUsage()).check(NAME).status()).isEqualTo(Status.OK);
        }

        @Test
        void moreThanNinetyPercentIdentical_toDifferentPrompts_isAWarning() {
            List<Requests> requests = many(19, r -> r.answer(7));
            requests.add(sent(190));
            ValidityCheck check = level(requests).check(NAME);
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail()).isEqualTo("19 of 20 answers (95 %) are identical, though their prompts differ");

            requests.remove(0);
            requests.add(sent(200));
            check = level(requests).check(NAME);
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).isEqualTo("18 of 20 answers (90 %) are identical");
        }

        @Test
        void identicalAnswersToOnePrompt_areNoWonder() {
            assertThat(level(many(20, r -> r.answer(7).prompt(5))).check(NAME).detail())
                    .isEqualTo("0 of 20 answers (0 %) are identical");
        }

        @Test
        void answersWithoutText_areNotCompared() {
            assertThat(level(sent(0).noAnswer(), sent(10).noAnswer())
                            .check(NAME)
                            .detail())
                    .isEqualTo("there was no text to compare");
        }
    }
}
