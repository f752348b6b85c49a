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
 * The headline gate: time to first token, success and the use that the release makes of its GPU. Simulated unless
 * {@code -Dllmload.url=http://gpu-host:8000} says where the server is; without a GPU that can be read, the
 * budget on MFU is not measured.
 */
@DisplayName("Efficiency of a release")
@LlmEndpoint(url = "simulator:h100-fast")
@GpuTelemetry(period = "100ms")
@ModelUnderTest(config = "classpath:/models/llama-3-8b/config.json", computeType = ComputeType.FP16)
class EfficiencyReleaseIT {

    @LlmLoad(concurrency = {10, 50, 100})
    @LlmRequest(maxTokens = 48, prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 1500 ms")
    @Budget("success_rate >= 99%")
    @Budget(value = "mfu >= 12%", at = "100 users")
    void chat(LoadResult result) {}
}
