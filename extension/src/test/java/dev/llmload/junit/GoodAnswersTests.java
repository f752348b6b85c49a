package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.load.send.ChecksThatHang;
import dev.llmload.result.Answer;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

class GoodAnswersTests {
    @TempDir
    Path output;

    private static JsonNode level(Ran ran) throws IOException {
        return new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0");
    }

    private static List<String> outcomes(Ran ran) {
        return ran.file("requests.jsonl")
                .lines()
                .filter(line -> !line.contains("\"phase\":\"warm-up\"") && !line.contains("\"phase\":\"warmup\""))
                .map(line -> line.replaceAll(".*\"outcome\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    @Nested
    class Goodput {
        @Test
        void isJudged_shown_andPutIntoTheFiles_withWhatAMillionGoodTokensCost() throws IOException {
            Ran ran = LoadTestKit.run(
                    GoodTestCase.class,
                    output,
                    "llmload.inconclusive",
                    "warn", // a busy machine
                    "llmload.cost.gpuRatePerHour",
                    "3.60",
                    "llmload.budgets",
                    "good_fraction >= 0%; cost_per_million_good < 1000000 $; goodput < 1000000 req/s");

            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThat(ran.printed()).contains("Goodput  ", " req/s of good answers (");
            JsonNode level = level(ran);
            assertThat(level.path("good_fraction").isNumber()).isTrue();
            assertThat(level.path("goodput").isNumber()).isTrue();
            if (level.path("good_fraction").asDouble() == 1) { // all were good: so were all tokens
                assertThat(level.at("/cost/per_million_good_tokens").asDouble())
                        .isCloseTo(level.at("/cost/per_million_tokens").asDouble(), within(1e-6));
            }
        }

        @Test
        void breaksABudget_whereNoAnswerIsGoodEnough() throws IOException {
            Ran ran = LoadTestKit.run(
                    GoodTestCase.class,
                    output,
                    "llmload.answer.good",
                    "ttft < 1 us",
                    "llmload.budgets",
                    "goodput > 0 req/s");

            assertThat(ran.invocations()).containsExactly("2 users FAILED");
            JsonNode budget = level(ran).at("/budgets/0");
            assertThat(budget.path("budget").asText()).isEqualTo("goodput > 0 req/s");
            assertThat(budget.path("actual").asDouble(-1)).isZero();
        }
    }

    @Nested
    class WrongAnswers {
        @Test
        void areFailuresOfTheirOwnKind_withWhatTheCheckSaid() throws IOException {
            EverySecondIsWrong.seen.set(0);
            Ran ran = LoadTestKit.run(CheckedTestCase.class, output);

            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(BudgetViolationError.class)
                    .hasMessageContaining("✘ success_rate")
                    .hasMessageContaining("WRONG_ANSWER");
            JsonNode level = level(ran);
            assertThat(level.at("/requests/failures/WRONG_ANSWER").asInt()).isBetween(1, 20);
            assertThat(ran.file("requests.jsonl")).contains("\"error\":\"not this one: ");
            assertThat(outcomes(ran)).contains("OK", "WRONG_ANSWER");
        }

        @Test
        void ofAShareOfTheAnswers_leaveTheRestInDoubt() throws IOException {
            EverySecondIsWrong.seen.set(0);
            Ran ran = LoadTestKit.run(
                    CheckedTestCase.class,
                    output,
                    "llmload.answer.checkShare",
                    "50%",
                    "llmload.load.requests",
                    "40",
                    "llmload.budgets",
                    "success_rate >= 50%");

            JsonNode check = StreamSupport.stream(level(ran).path("validity").spliterator(), false)
                    .filter(each -> each.path("check").asText().equals("answers are right"))
                    .findFirst()
                    .orElseThrow();
            assertThat(check.path("ok").asBoolean()).isFalse();
            assertThat(check.path("detail").asText()).contains("answers that were looked at are wrong");
        }

        @Test
        void aCheckThatFailsItself_breaksTheLevelOff_andIsNamed() {
            Ran ran = LoadTestKit.run(CheckedTestCase.class, output, "llmload.answer.check", Broken.class.getName());

            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the answer check " + Broken.class.getName() + " failed with")
                    .hasMessageContaining("no dictionary");
        }

        @Test
        void anErrorInACheckIsADefectToo_andKeepsNobodyWaiting() {
            Ran ran =
                    LoadTestKit.run(CheckedTestCase.class, output, "llmload.answer.check", Bottomless.class.getName());

            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("failed with java.lang.StackOverflowError");
        }

        /** The check hangs after twelve answers: the level is judged by those. */
        @Test
        void aCheckThatHangs_costsItself_andNotTheLevel() throws IOException {
            Hangs.after.set(12);
            Ran ran = ChecksThatHang.foundEarly(() ->
                    LoadTestKit.run(CheckedTestCase.class, output, "llmload.answer.check", Hangs.class.getName()));

            assertThat(ran.invocations()).as(ran.printed()).containsExactly("2 users SUCCESSFUL");
            JsonNode level = level(ran);
            assertThat(level.at("/requests/succeeded").asInt()).isGreaterThanOrEqualTo(20);
            assertThat(level.path("notes").toString())
                    .contains("The answer check was too slow: it looked at ", " answers in time");
            List<String> lines = ran.file("requests.jsonl")
                    .lines()
                    .filter(line -> line.contains("\"level\":\"2 users\""))
                    .toList();
            assertThat(lines).hasSizeGreaterThanOrEqualTo(20);
            assertThat(lines.stream().filter(line -> line.contains("\"checked\":false")))
                    .hasSize(lines.size() - 12);
        }

        @Test
        void aCheckThatNeverLooks_leavesTheSuccessRateOpen_andJudgesTheRest() throws IOException {
            Hangs.after.set(0);
            Ran ran = ChecksThatHang.foundEarly(() -> LoadTestKit.run(
                    CheckedTestCase.class,
                    output,
                    "llmload.answer.check",
                    Hangs.class.getName(),
                    "llmload.budgets",
                    "ttft p50 < 60 s"));

            assertThat(ran.failureOf("2 users")).isInstanceOf(LoadInconclusiveException.class);
            JsonNode budgets = level(ran).path("budgets");
            assertThat(verdict(budgets, "ttft p50 < 60 s")).isEqualTo("PASS");
            assertThat(verdict(budgets, "success_rate >= 99 %")).isEqualTo("INCONCLUSIVE");
        }

        private String verdict(JsonNode budgets, String budget) {
            return StreamSupport.stream(budgets.spliterator(), false)
                    .filter(each -> each.path("budget").asText().equals(budget))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(budgets.toString()))
                    .path("verdict")
                    .asText();
        }

        /** Told as successes after a second, found wrong later: corrected, and judged as wrong. */
        @Test
        void aSlowCheck_correctsTheLinesThatWereWrittenBefore() throws IOException {
            Ran ran = LoadTestKit.run(
                    CheckedTestCase.class,
                    output,
                    "llmload.answer.check",
                    SlowAndWrong.class.getName(),
                    "llmload.load.requests",
                    "2",
                    "llmload.concurrency",
                    "1");

            JsonNode level = level(ran);
            int wrong = level.at("/requests/failures/WRONG_ANSWER").asInt();
            assertThat(wrong).isPositive();
            assertThat(level.at("/requests/attempted").asInt()).isEqualTo(wrong);
            assertThat(ran.file("requests.jsonl").lines().filter(line -> line.contains("\"corrects\":true")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\"outcome\":\"WRONG_ANSWER\""));
        }

        @Test
        void aKeySwitchesTheCheckOff() {
            Ran ran = LoadTestKit.run(CheckedTestCase.class, output, "llmload.answer.check", "none");

            assertThat(outcomes(ran)).containsOnly("OK");
        }
    }

    @Nested
    class Mistakes {
        private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

        private String message(String key, String value) throws NoSuchMethodException {
            keys.put(key, value);
            try {
                LoadTestResolver.resolve(
                        PlainTestCase.class.getDeclaredMethod("load", LoadResult.class),
                        PlainTestCase.class,
                        new Configuration(each -> Optional.ofNullable(keys.get(each)), Map.of(), Map.of()));
            } catch (ExtensionConfigurationException e) {
                return e.getMessage();
            }
            throw new AssertionError("was accepted");
        }

        @Test
        void aBudgetOnGoodAnswers_thatNobodyDescribed() throws NoSuchMethodException {
            assertThat(message("llmload.budgets", "goodput >= 2 req/s"))
                    .contains("the budget `goodput >= 2 req/s` needs to know what a good answer is: for example"
                            + " @GoodAnswer({\"ttft < 500 ms\", \"tpot < 50 ms\"}) or key `llmload.answer.good`");
        }

        @Test
        void anObjectiveThatIsNone_isShownWithItsPlace() throws NoSuchMethodException {
            assertThat(message("llmload.answer.good", "ttft < 1 s, tpott < 5 ms"))
                    .contains("key `llmload.answer.good`", "unknown metric \"tpott\"", "did you mean \"tpot\"?");
        }

        @Test
        void aCheckThatIsNoClass() throws NoSuchMethodException {
            assertThat(message("llmload.answer.check", "com.acme.Gone"))
                    .contains(
                            "key `llmload.answer.check`: must be a class that implements dev.llmload.junit.AnswerCheck and has a"
                                    + " constructor without parameters, but `com.acme.Gone` is not on the class path");
        }

        @Test
        void aCheckThatIsAnotherClass() throws NoSuchMethodException {
            assertThat(message("llmload.answer.check", "java.lang.String"))
                    .contains("but `java.lang.String` does not implement it");
        }

        @Test
        void aCheckThatCannotBeMade() throws NoSuchMethodException {
            assertThat(message("llmload.answer.check", Unmakeable.class.getName()))
                    .contains("but `" + Unmakeable.class.getName() + "` could not be made");
        }

        @Test
        void aShareThatTakesNone() throws NoSuchMethodException {
            assertThat(message("llmload.answer.checkShare", "0"))
                    .contains("key `llmload.answer.checkShare`: must be above 0 and at most 1, but was `0`");
        }
    }

    static class GoodTestCase {
        @LlmLoad(concurrency = 2, requests = 20)
        @GoodAnswer({"ttft < 10 s", "tpot < 10 s"})
        void load(LoadResult result) {}
    }

    static class CheckedTestCase {
        @LlmLoad(concurrency = 2, requests = 20)
        @GoodAnswer(check = EverySecondIsWrong.class, checkShare = 1)
        void load(LoadResult result) {}
    }

    static class PlainTestCase {
        @LlmLoad(concurrency = 2)
        void load(LoadResult result) {}
    }

    static class EverySecondIsWrong implements AnswerCheck {
        static final AtomicInteger seen = new AtomicInteger();

        @Override
        public void check(Answer answer) {
            assertThat(answer.question()).isNotBlank();
            assertThat(answer.text()).isNotBlank();
            if (seen.getAndIncrement() % 2 == 0) {
                throw new AssertionError("not this one: " + answer.text());
            }
        }
    }

    static class Hangs implements AnswerCheck {
        static final AtomicInteger after = new AtomicInteger();

        @Override
        public void check(Answer answer) {
            if (after.decrementAndGet() >= 0) {
                return;
            }
            while (true) { // whatever it is told
                LockSupport.park();
                Thread.interrupted();
            }
        }
    }

    static class SlowAndWrong implements AnswerCheck {
        @Override
        public void check(Answer answer) {
            LockSupport.parkNanos(1_500_000_000L);
            throw new AssertionError("wrong, after some thought");
        }
    }

    static class Broken implements AnswerCheck {
        @Override
        public void check(Answer answer) {
            throw new IllegalStateException("no dictionary");
        }
    }

    static class Bottomless implements AnswerCheck {
        @Override
        public void check(Answer answer) {
            throw new StackOverflowError();
        }
    }

    static class Unmakeable implements AnswerCheck {
        Unmakeable(String any) {
            throw new IllegalArgumentException(any);
        }

        @Override
        public void check(Answer answer) {}
    }
}
