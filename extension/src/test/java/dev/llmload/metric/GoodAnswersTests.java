package dev.llmload.metric;

import static dev.llmload.metric.Levels.fill;
import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.metric.check.AnswersAreRight;
import dev.llmload.metric.check.StreamIsStream;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.request.Objective;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A request is sent, has its first token after 20 ms and its last after 100 ms, and 6 tokens: 16 ms each. */
class GoodAnswersTests {
    private static final Level USER = Level.users(1);

    private static Objective below(Metric metric, double millis) {
        return new Objective(metric, true, false, millis * 1e6, metric.word() + " < " + millis + " ms");
    }

    private static LoopRecorder recorder(int kept, Level level, List<Objective> good, Requests... requests) {
        return fill(new LoopRecorder(kept, Objectives.of(good, level)), List.of(requests));
    }

    private static LoadResult result(List<Objective> good, Requests... requests) {
        return level(recorder(100, USER, good, requests)).assemble();
    }

    @Test
    void goodIsWhatMeetsEveryObjective_ofAllThatWereAttempted() {
        LoadResult result = result(
                List.of(below(Metric.TTFT, 50), below(Metric.TPOT, 20)),
                sent(0),
                sent(100).first(160).last(200), // 60 ms to the first token
                sent(200).first(220).last(340), // 24 ms a token
                failed(300, Outcome.HTTP_5XX, 503),
                failed(400, Outcome.CUT, 200));

        assertThat(result.goodFraction().value()).isEqualTo(0.25); // what was cut off is in no rate
        assertThat(result.goodput().value()).isEqualTo(1.0); // a window of one second
        assertThat(result.quantity(Metric.TOKEN_GOODPUT).value()).isEqualTo(16); // 10 in, 6 out
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, 19, true",
        "true, false, 20, false",
        "true, true, 20, true",
        "false, false, 20, false",
        "false, true, 20, true",
        "false, false, 21, true",
        "true, true, NaN, false",
        "false, true, NaN, false"
    })
    void aLimitIncludesItselfOnlyWithAnEqualsSign(boolean upper, boolean inclusive, double value, boolean holds) {
        assertThat(new Objective(Metric.TTFT, upper, inclusive, 20, "").holds(value))
                .isEqualTo(holds);
    }

    @Test
    void goodputIsWhatWasCompleteInTheWindow_theFractionIsOfTheSample() {
        LoadResult result = level(recorder(
                        100,
                        USER,
                        List.of(below(Metric.TTFT, 50)),
                        sent(0),
                        sent(950).inWindow(3))) // its last token comes at 1050 ms
                .assemble();

        assertThat(result.goodFraction().value()).isEqualTo(1.0);
        assertThat(result.goodput().value()).isEqualTo(1.0);
        assertThat(result.quantity(Metric.TOKEN_GOODPUT).value()).isEqualTo(10 + 6 + 3);
    }

    @Test
    void inAnOpenLoop_theScheduledInstantCounts() {
        List<Objective> good = List.of(below(Metric.TTFT, 50));
        Requests[] late = {sent(0), sent(100).scheduled(50)}; // 20 ms after it was sent, 70 after it was due

        LoadResult open = level(recorder(100, Level.requestsPerSecond(2), good, late))
                .perSecond(2)
                .assemble();

        assertThat(open.goodFraction().value()).isEqualTo(0.5);
        assertThat(result(good, late).goodFraction().value()).isEqualTo(1.0);
    }

    @Test
    void anAnswerOfOneToken_leftNoTimeBetweenTokens() {
        LoadResult result = result(
                List.of(below(Metric.TPOT, 20)),
                sent(0),
                sent(100).tokens(10, 1, 1).events(1).last(120));

        assertThat(result.goodFraction().value()).isEqualTo(1.0);
    }

    @Test
    void anAnswerWhoseTokensAreUnknown_meetsNoObjectiveOnThem() {
        LoadResult result =
                result(List.of(below(Metric.TPOT, 20)), sent(0), sent(100).tokens(UNKNOWN, UNKNOWN, UNKNOWN));

        assertThat(result.goodFraction().value()).isEqualTo(0.5);
    }

    @Test
    void withoutAnyUsage_anObjectiveOnTokensCannotBeTold_butOneOnLatencyCan() {
        Requests[] unknown = {sent(0).tokens(UNKNOWN, UNKNOWN, UNKNOWN)};

        assertThat(result(List.of(below(Metric.TPOT, 20)), unknown).goodput().absentReason())
                .startsWith("the server sent no usage");
        assertThat(result(List.of(below(Metric.TTFT, 50)), unknown).goodput().value())
                .isEqualTo(1.0);
        assertThat(result(List.of(below(Metric.TTFT, 50)), unknown)
                        .quantity(Metric.TOKEN_GOODPUT)
                        .absentReason())
                .startsWith("the server sent no usage");
    }

    @Test
    void aStreamThatIsNone_hasNoTimeBetweenTokens() {
        Requests[] buffered = {sent(0).tokens(10, 60, 60).arrivals(1).first(100).last(100)};

        Quantity goodput = result(List.of(below(Metric.TPOT, 20)), buffered).goodput();

        assertThat(goodput.absentReason()).isEqualTo(StreamIsStream.ABSENT_REASON);
    }

    @Test
    void requestsBeyondThoseThatAreKept_countToo() {
        Requests[] many = new Requests[10];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2 == 0 ? sent(50 * i) : sent(50 * i).first(50 * i + 60);
        }
        List<Objective> good = List.of(below(Metric.TTFT, 50));

        LoadResult kept = level(recorder(10, USER, good, many)).assemble();
        LoadResult beyond = level(recorder(3, USER, good, many)).assemble();

        assertThat(kept.goodFraction().value()).isEqualTo(0.5);
        assertThat(beyond.goodFraction().value()).isEqualTo(0.5);
        assertThat(beyond.goodput().value()).isCloseTo(kept.goodput().value(), within(1e-9));
        assertThat(beyond.quantity(Metric.TOKEN_GOODPUT).value())
                .isCloseTo(kept.quantity(Metric.TOKEN_GOODPUT).value(), within(1e-9));
    }

    @Test
    void whereNobodySaidWhatIsGood_nothingIs() {
        assertThat(level(sent(0)).assemble().goodFraction().absentReason())
                .isEqualTo("no per-request objective is declared");
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            names = {"ITL", "SUCCESS_RATE", "ACHIEVED_RATE", "THROUGHPUT"})
    void anObjectiveIsAboutAValueOfOneRequest(Metric metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> below(metric, 1))
                .withMessage("an objective must be about a value of one request, but was about " + metric.word());
    }

    @Nested
    class AnswersThatWereLookedAt {
        private Requests right(double at) {
            return sent(at).checked();
        }

        private Requests wrong(double at) {
            return sent(at).checked().outcome(Outcome.WRONG_ANSWER);
        }

        @Test
        void whereAllAreLookedAt_aWrongOneIsAFailureLikeAnyOther() {
            LoadResult result = level(right(0), wrong(100)).assemble();

            assertThat(result.successRate().value()).isEqualTo(0.5);
            assertThat(Levels.check(result, AnswersAreRight.NAME).ok()).isTrue();
        }

        @Test
        void whereSomeAreWrong_thoseThatNobodySawAreDoubted() {
            LoadResult result =
                    level(right(0), wrong(100), sent(200), sent(300)).assemble();

            assertThat(Levels.check(result, AnswersAreRight.NAME).ok()).isFalse();
            assertThat(Levels.check(result, AnswersAreRight.NAME).detail())
                    .isEqualTo("1 of 2 answers that were looked at are wrong (50 %), so as many of the 2 others, which"
                            + " count as successes: look at all (checkShare = 1)");
            assertThat(Levels.check(result, AnswersAreRight.NAME).bias())
                    .containsEntry(Metric.SUCCESS_RATE, dev.llmload.result.Bias.UP);
        }

        @Test
        void whereNoneIsWrong_itSaysHowManyNobodySaw() {
            LoadResult result = level(right(0), sent(100)).assemble();

            assertThat(Levels.check(result, AnswersAreRight.NAME).detail())
                    .isEqualTo("0 of 1 answer that were looked at are wrong (0 %); 1 others were not looked at");
        }

        @Test
        void whereNobodyLooks_thereIsNoSuchCheck() {
            assertThat(level(sent(0)).assemble().validity())
                    .noneMatch(check -> check.check().equals(AnswersAreRight.NAME));
        }
    }
}
