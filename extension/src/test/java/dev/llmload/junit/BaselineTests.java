package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineFile;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release is compared with an earlier one that a file of the repository keeps. */
class BaselineTests {
    @TempDir
    Path folder;

    private Path file;
    private int runs;

    @BeforeEach
    void aPlace() {
        file = folder.resolve("baseline.json");
    }

    private Ran run(String mode, String release, String url, String... more) {
        List<String> keys = new ArrayList<>(List.of(
                "llmload.baseline.file",
                file.toString(),
                "llmload.baseline.mode",
                mode,
                "llmload.release",
                release,
                "llmload.url",
                url));
        keys.addAll(List.of(more));
        return LoadTestKit.run(ComparedTestCase.class, folder.resolve("runs" + runs++), keys.toArray(String[]::new));
    }

    private Ran update(String release, String url) {
        return run("update", release, url);
    }

    private static String simulator(int ttftMillis) {
        return "simulator:fast?ttft=" + ttftMillis + "ms&tpot=1ms&tokens=5..8";
    }

    @Test
    void aSlowerReleaseIsFound_andTheSameOnePasses() {
        Ran updating = update("a", simulator(60));
        assertThat(updating.printed())
                .contains("baseline written: " + file)
                .contains("(ComparedTestCase.load @ 2 users)");
        assertThat(BaselineFile.read(file).entries())
                .extracting(BaselineEntry::test)
                .containsExactly(ComparedTestCase.class.getName() + "#load");

        Ran same = run("check", "a", simulator(60));
        assertThat(same.invocations()).as(same.printed()).containsExactly("2 users SUCCESSFUL");

        Ran slower = run("check", "b", simulator(180));
        assertThat(slower.failureOf("2 users"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ ttft p50")
                .hasMessageContaining("<= 200 % of baseline")
                .message()
                .containsIgnoringWhitespaces("of release a (1 run of ");
        assertThat(slower.file("results.json"))
                .containsPattern(
                        "against the baseline, release a .*changed: release a → b: within this run ttft p50 \\+")
                .contains("\"source\": \"method\"");

        Ran faster = run("check", "c", simulator(20));
        assertThat(faster.invocations()).containsExactly("2 users SUCCESSFUL");
        assertThat(faster.file("results.json")).containsPattern("within this run ttft p50 -");
    }

    @Test
    void otherConditionsCannotBeCompared() {
        update("a", simulator(10));
        Ran other = run(
                "check", "a", simulator(10), "llmload.request.maxTokens", "8", "llmload.request.temperature", "0.1");
        assertThat(other.failureOf("2 users"))
                .isInstanceOf(LoadInconclusiveException.class)
                .message()
                .containsIgnoringWhitespaces(
                        "other conditions than the baseline's: max tokens 128 → 8, temperature 0.7 → 0.1");
    }

    @Test
    void withoutABaseline_itIsSaidHowToGetOne() {
        Ran ran = run("check", "a", simulator(10));
        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        assertThat(ran.printed()).contains("-Dllmload.baseline.mode=update");
    }

    @Test
    void runsOfOneReleaseAddUp() {
        update("a", simulator(10));
        update("a", simulator(10));
        assertThat(BaselineFile.read(file).entries().get(0).runs()).hasSize(2);
        update("b", simulator(10));
        assertThat(BaselineFile.read(file).entries().get(0).runs()).hasSize(1);
    }

    @Test
    void aCorruptFile_isAMistake_beforeAnyRequest_andIsLeftAsItIs() throws IOException {
        Files.writeString(file, "{\"schema\": ");
        Ran ran = run("update", "a", simulator(10));
        assertThat(ran.containerFailure())
                .hasMessageContaining("baseline " + file + ", line 1, column")
                .hasMessageContaining("the file was left as it is");
        assertThat(Files.readString(file)).isEqualTo("{\"schema\": ");
    }

    @Test
    void aWrongMode_isAMistake() {
        assertThat(run("refresh", "a", simulator(10)).containerFailure())
                .hasMessageContaining("key `llmload.baseline.mode`: must be `check` or `update`, but was `refresh`");
    }

    @Baseline
    static class ComparedTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @Budget("ttft p50 <= 200% of baseline")
        void load() {}
    }
}
