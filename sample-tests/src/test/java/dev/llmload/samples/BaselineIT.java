package dev.llmload.samples;

import dev.llmload.junit.Baseline;
import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * A release against the one before, which the file keeps. With a confidence, what is beyond the limit must also be shown. The simulator plays both:
 * {@code -Dllmload.url=simulator:release-b} is a release whose prefill takes 20 % longer, and turns it red. For an endpoint
 * of your own, take its baseline first: {@code -Dllmload.baseline.file=baseline.json -Dllmload.baseline.mode=update}.
 */
@DisplayName("Against the last release")
@LlmEndpoint(url = "simulator:release-a")
@DisabledIf(
        value = "dev.llmload.samples.OwnEndpoint#isWithoutBaseline",
        disabledReason = "the baseline is the simulator's: take one of llmload.url first, with"
                + " -Dllmload.baseline.file=baseline.json -Dllmload.baseline.mode=update")
@Baseline("src/test/resources/baselines/candidate.json")
class BaselineIT {

    @LlmLoad(concurrency = 2, requests = 100)
    @LlmRequest(maxTokens = 16)
    @Budget(value = "ttft p95 <= 110% of baseline", confidence = 0.95)
    @Budget("throughput >= 96% of baseline")
    void longPrompts() {}
}
