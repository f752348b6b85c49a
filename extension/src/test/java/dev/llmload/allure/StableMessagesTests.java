package dev.llmload.allure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.console.FailureMessage;
import dev.llmload.result.Verdict;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableMessagesTests {
    @TempDir
    Path results;

    private StatusDetails written(LevelVerdict level, String message) {
        return new MemoryResults()
                .inTestCase(
                        "100 users",
                        message,
                        lifecycle -> new AllureReport(new AllureBridge(lifecycle, results, false), sentence -> {})
                                .level(level, List.of()))
                .getStatusDetails();
    }

    @Test
    void ofABrokenLevel_isItsBrokenBudgetsAndTheLevel_whateverTheValuesAre() {
        LevelVerdict first = Levels.users(100)
                .outcome("ttft p95 < 1500 ms", Verdict.FAIL, 1620.0, null, "")
                .outcome("success_rate >= 99 %", Verdict.FAIL, 97.0, null, "")
                .outcome("tpot p95 < 25 ms", Verdict.INCONCLUSIVE, 23.0, null, "too few")
                .judged();
        String message = FailureMessage.render(first, results);

        StatusDetails details = written(first, message);

        assertThat(details.getMessage())
                .isEqualTo("LLM load budget violated: ttft p95 < 1500 ms; success_rate >= 99 % @ 100 users");
        assertThat(details.getTrace()).contains(message);
    }

    @Test
    void ofABodyThatFailed_isTheBodys() {
        assertThat(written(Levels.hundredUsers().judged(), "expected: 7").getMessage())
                .isEqualTo("expected: 7");
    }

    @Test
    void ofAnUnusableEndpoint_hasNoPortAndNoTime() {
        TestResult test = new TestResult()
                .setUuid("one")
                .setStatusDetails(new StatusDetails()
                        .setMessage("http://127.0.0.1:40351/v1 was not ready within 300 ms: CONNECT: refused")
                        .setTrace("dev.llmload.load.preflight.EndpointUnusableException: …"));

        new StableMessages().beforeTestWrite(test);

        assertThat(test.getStatusDetails().getMessage())
                .isEqualTo("http://127.0.0.1/v1 was not ready within …: CONNECT: refused");
    }
}
