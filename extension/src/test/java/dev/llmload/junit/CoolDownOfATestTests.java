package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between two levels the endpoint comes to rest. */
class CoolDownOfATestTests {
    @TempDir
    Path output;

    @Test
    void isWaitedForBetweenTheLevels_andTheSimulatorSaysWhenItIsIdle() {
        Ran ran = LoadTestKit.run(RestedTestCase.class, output);

        assertThat(ran.invocations())
                .containsExactly("3 users SUCCESSFUL", "2 users SUCCESSFUL", "scaling 3 → 2 users SUCCESSFUL");
        assertThat(ran.printed().replaceAll("\\s+", " ")) // a log's line goes on in the next one
                .contains("waiting 0s of at most 10m00s for the endpoint to be idle before 2 users")
                .doesNotContain("idle before 3 users", "the whole cool-down", "does not say");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    soon | key `llmload.load.coolDown`: a duration must be a number and a unit (ms, s, m, h)
                    0s   | key `llmload.load.coolDown`: a duration must be greater than 0
                    """)
    void whatIsNoDuration_isAMistake(String text, String rule) {
        assertThat(LoadTestKit.run(RestedTestCase.class, output, "llmload.load.coolDown", text)
                        .containerFailure())
                .hasMessageContaining(rule);
    }

    @Test
    void stagesHaveNone() {
        assertThat(LoadTestKit.run(StagedTestCase.class, output).containerFailure())
                .hasMessageContaining("`stages` of @LlmLoad follow each other without a pause: leave out `coolDown`");
    }

    static class RestedTestCase {
        @LlmLoad(
                concurrency = {3, 2},
                requests = 20,
                coolDown = "10m")
        void load(LoadResult result) {}
    }

    static class StagedTestCase {
        @LlmLoad(stages = "1 user 1s", coolDown = "1s")
        void load(LoadResult result) {}
    }
}
