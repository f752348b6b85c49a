package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** Users who become four times as many for a while, then the usual ones again: does the endpoint hold the rush, and is it over afterwards? */
@DisplayName("A rush, and after it")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class StagesIT {

    @LlmLoad(stages = {"10 users 3s", "10 -> 40 users 2s", "40 users 3s", "10 users 3s"})
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("success_rate >= 99%")
    @Budget(value = "ttft p95 < 3 s", at = "40 users")
    @Budget(
            value = "ttft p95 < 1500 ms",
            at = {"10 users", "10 users (2)"})
    void rush(LoadResult result) {}
}
