package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/**
 * What do users feel at this rate? Requests come by a schedule of their own, whether or not earlier ones were answered;
 * budgets count from the scheduled instant. Simulated unless {@code -Dllmload.url} says where the server is.
 */
@DisplayName("Requests per second")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class OpenLoopIT {

    @LlmLoad(
            requestsPerSecond = {5, 10, 20},
            requests = 50)
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 1500 ms")
    @Budget("success_rate >= 99%")
    @Budget("capacity >= 10 req/s")
    void chat(LoadResult result) {}
}
