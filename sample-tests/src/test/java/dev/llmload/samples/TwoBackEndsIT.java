package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * Two back ends, one load: at equal levels they are compared number by number, in {@code summary.md}, {@code results.json} and
 * at the end of the run. {@code -Dllmload.url=…} (or {@code -Dllmload.current.url=…}) and {@code -Dllmload.candidate.url=…} name
 * your own.
 */
@DisplayName("Two back ends")
@DisabledIf(
        value = "dev.llmload.samples.OwnEndpoint#isTheOnlyOne",
        disabledReason = "compares two back ends: name the other one by -Dllmload.candidate.url=…")
@TestMethodOrder(MethodOrderer.MethodName.class)
@LlmRequest(maxTokens = 32)
class TwoBackEndsIT {

    @LlmEndpoint(name = "current", url = "${llmload.url:simulator:fast?ttft=60ms&tpot=4ms&tokens=12..20}")
    @LlmLoad(
            concurrency = {2, 6},
            requests = 80)
    @Budget("ttft p95 < 1500 ms")
    void backEndA(LoadResult result) {}

    @LlmEndpoint(name = "candidate", url = "simulator:fast?ttft=45ms&tpot=4ms&tokens=12..20")
    @LlmLoad(
            concurrency = {2, 6},
            requests = 80)
    @Budget("ttft p95 < 1500 ms")
    void backEndB(LoadResult result) {}
}
