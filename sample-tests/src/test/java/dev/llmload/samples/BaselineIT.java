package dev.llmload.samples;

import dev.llmload.junit.Baseline;
import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * A release against the one before, which the file keeps. With a confidence, the change must be shown to lie within the limit,
 * or beyond it; prompts of one length, so that few requests show it. The simulator plays both releases: {@code
 * -Dllmload.url=simulator:release-b} is one whose prefill takes 20 % longer, and turns it red. For an endpoint of your own, take
 * its baseline first: {@code -Dllmload.baseline.file=baseline.json -Dllmload.baseline.mode=update}.
 */
@DisplayName("Against the last release")
@LlmEndpoint(url = "simulator:release-a")
@DisabledIf(
        value = "dev.llmload.samples.OwnEndpoint#isWithoutBaseline",
        disabledReason = "the baseline is the simulator's: take one of llmload.url first, with"
                + " -Dllmload.baseline.file=baseline.json -Dllmload.baseline.mode=update")
@Baseline("src/test/resources/baselines/candidate.json")
class BaselineIT {

    @LlmLoad(concurrency = 1, requests = 40, warmup = 4)
    @LlmRequest(prompts = "synthetic:input=240,output=8")
    @Budget(value = "ttft p50 <= 110% of baseline", confidence = 0.95)
    @Budget("throughput >= 80% of baseline")
    void longPrompts() {}
}
