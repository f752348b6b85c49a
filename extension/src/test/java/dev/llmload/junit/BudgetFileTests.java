package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.budget.BudgetRule;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.result.BudgetViolationError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** Budgets that belong to a release, not to a test. */
class BudgetFileTests {
    @TempDir
    Path folder;

    private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

    @BeforeEach
    void aFile() throws IOException {
        Files.createDirectories(folder.resolve("llama-3"));
        Files.writeString(folder.resolve("llama-3/2026-11.yaml"), """
                release: llama-3/2026-11
                budgets: [ttft p95 < 4 s, e2e p95 < 4 s, tpot p50 < 4 s, success_rate >= 90%]
                levels:
                  2 users: [ttfb p95 < 4 s]
                """);
        keys.put("budgets.folder", folder.toString());
    }

    private List<String> budgets() {
        return resolve().judgement().budgets().stream()
                .map(budget -> budget.text() + " from " + budget.source().replace(folder.toString(), ""))
                .toList();
    }

    private LoadTestSpec resolve() {
        try {
            return LoadTestResolver.resolve(
                    ReleaseTestCase.class.getDeclaredMethod("load"),
                    ReleaseTestCase.class,
                    new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isChosenByTheRelease_andIsTheFarthestSource() {
        keys.put("llmload.release", "llama-3/2026-11");
        keys.put("llmload.budgets", "tpot p50 < 1 s");
        assertThat(budgets())
                .containsExactly(
                        "success_rate >= 90 % from file /llama-3/2026-11.yaml",
                        "ttfb p95 < 4 s from file /llama-3/2026-11.yaml",
                        "e2e p95 < 3 s from class ReleaseTestCase",
                        "ttft p95 < 2 s from method",
                        "tpot p50 < 1 s from key llmload.budgets");
    }

    @Test
    void ofAKey_replacesThatOfTheAnnotation() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), "budgets: [itl p50 < 1 s]");
        keys.put("llmload.budget.file", folder.resolve("other.yaml").toString());
        assertThat(budgets()).anyMatch(budget -> budget.startsWith("itl p50 < 1 s from file /other.yaml"));
    }

    @Test
    void needsARelease() {
        assertThatThrownBy(this::resolve)
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("@BudgetFile: the budget file is chosen by release")
                .hasMessageContaining("set -Dllmload.release=…");
    }

    @Test
    void thatIsMissing_isAMistake_thatNamesThePlace() {
        keys.put("llmload.release", "llama-3/2027-01");
        assertThatThrownBy(this::resolve)
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("no budget file " + folder + "/llama-3/2027-01.yaml");
        keys.put("llmload.budget.file", "classpath:/budgets/${release}.yaml");
        assertThatThrownBy(this::resolve)
                .hasMessageContaining("put it under src/test/resources/budgets/llama-3/2027-01.yaml");
    }

    @Test
    void ofAnotherRelease_isAMistake() {
        keys.put("llmload.release", "qwen/1");
        keys.put("llmload.budget.file", folder + "/llama-3/2026-11.yaml");
        assertThatThrownBy(this::resolve)
                .hasMessageContaining("is that of release `llama-3/2026-11`, but `llmload.release` is `qwen/1`");
    }

    @Test
    void forALevelThatTheTestDoesNotHave_isAMistake() throws IOException {
        Files.writeString(folder.resolve("levels.yaml"), "levels:\n  7 users: [itl p50 < 1 s]");
        keys.put("llmload.budget.file", folder + "/levels.yaml");
        assertThatThrownBy(this::resolve)
                .hasMessageContaining("is at `7 users`, which is no level of this test: its levels are `2 users`");
    }

    @Test
    void isNamedWhereItsBudgetBreaks() throws IOException {
        Files.writeString(folder.resolve("tight.yaml"), "budgets: [tpot p50 < 1 us]");
        Ran ran = LoadTestKit.run(
                ReleaseTestCase.class,
                folder.resolve("runs"),
                "llmload.budget.file",
                folder.resolve("tight.yaml").toString());
        assertThat(ran.failureOf("2 users"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ tpot p50")
                .satisfies(e -> assertThat(e.getMessage())
                        .containsIgnoringWhitespaces("from file " + folder.resolve("tight.yaml")));
        assertThat(ran.file("results.json")).contains("\"source\": \"file " + folder.resolve("tight.yaml") + "\"");
    }

    @Test
    void isInheritedThroughAnAnnotationOfOnesOwn() throws NoSuchMethodException {
        keys.put("llmload.release", "llama-3/2026-11");
        LoadTestSpec test = LoadTestResolver.resolve(
                OwnAnnotationTestCase.class.getDeclaredMethod("load"),
                OwnAnnotationTestCase.class,
                new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
        assertThat(test.judgement().budgets()).extracting(BudgetRule::text).contains("tpot p50 < 4 s");
    }

    @BudgetFile("${budgets.folder}/${release}.yaml")
    @dev.llmload.junit.Budget("e2e p95 < 3 s")
    static class ReleaseTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @dev.llmload.junit.Budget("ttft p95 < 2 s")
        void load() {}
    }

    @BudgetFile("${budgets.folder}/${release}.yaml")
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface OfTheRelease {}

    @OfTheRelease
    static class OwnAnnotationTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        void load() {}
    }
}
