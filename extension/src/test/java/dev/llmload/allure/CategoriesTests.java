package dev.llmload.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.console.FailureMessage;
import dev.llmload.result.Verdict;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The categories of allure-config find the messages that the library writes. */
class CategoriesTests {
    private static final Path RESULTS = Path.of("target", "categories");

    @Test
    void aBrokenLatencyAndSuccessRate_areInBothCategories_successFirst() throws IOException {
        assertThat(categories(Levels.hundredUsers().judged()))
                .containsExactly("Budget violated: success rate", "Budget violated: latency");
    }

    @Test
    void aBudgetThatHolds_isInNone() throws IOException {
        LevelVerdict level = Levels.users(10)
                .outcome("ttft p95 < 1500 ms", Verdict.PASS, 812, null, "")
                .outcome("throughput >= 2000 tok/s", Verdict.FAIL, 1457.8, null, "")
                .judged();

        assertThat(categories(level)).containsExactly("Budget violated: throughput, capacity, scaling");
    }

    @Test
    void inconclusiveAndNotMeasured_areCategoriesOfTheirOwn() throws IOException {
        assertThat(categories(Levels.users(10)
                        .outcome("ttft p95 < 1 s", Verdict.INCONCLUSIVE, 0.9, null, "few")
                        .judged()))
                .containsExactly("Inconclusive: measured, but it cannot decide");
        assertThat(categories(Levels.users(10)
                        .outcome("mfu >= 12 %", Verdict.NOT_MEASURED, Double.NaN, null, "no GPU")
                        .judged()))
                .containsExactly("Not measured: no source for a budget's metric");
    }

    private static List<String> categories(LevelVerdict level) throws IOException {
        String whole = FailureMessage.render(level, Path.of("target/llm-load/x"));
        TestResult test = new MemoryResults()
                .inTestCase(
                        "100 users",
                        whole,
                        lifecycle -> new AllureReport(new AllureBridge(lifecycle, RESULTS, false), sentence -> {})
                                .level(level, List.of()));
        String message = test.getStatusDetails().getMessage();
        assertThat(test.getStatusDetails().getTrace()).contains(whole);
        List<String> found = new ArrayList<>();
        for (JsonNode category : new ObjectMapper().readTree(Files.readString(file()))) {
            if (category.has("messageRegex")
                    && message.matches(category.get("messageRegex").asText())) {
                found.add(category.get("name").asText());
            }
        }
        return found;
    }

    private static Path file() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("allure-config").resolve("categories.json");
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        assumeThat(false).as("allure-config lies above the working directory").isTrue();
        throw new AssertionError("not reached");
    }
}
