package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.ComputeType;
import dev.llmload.junit.GpuTelemetry;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.junit.ModelUnderTest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/**
 * The criteria of a published comparison of back ends: at 100 users MFU above 20 %, P95 latency below 5 s, every request
 * answered. That comparison counted output tokens alone and 8.0e9 parameters: {@code decode_mfu} of so many is its number.
 */
@DisplayName("Criteria of a published comparison")
@LlmEndpoint(url = "simulator:llama-3-8b-a40?stepBase=14ms&perSequence=40us&prefillRate=20000")
@GpuTelemetry
@ModelUnderTest(parameters = 8.0e9, computeType = ComputeType.FP16)
class ReferenceCriteriaIT {

    @LlmLoad(concurrency = 100, requests = 300)
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("decode_mfu > 20%")
    @Budget("mfu > 20%")
    @Budget("e2e p95 < 5 s")
    @Budget("success_rate >= 100%")
    void chat(LoadResult result) {}
}
