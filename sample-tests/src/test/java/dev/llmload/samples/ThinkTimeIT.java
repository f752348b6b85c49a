package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** Users who read what they got before they ask again: twenty in session are far fewer in flight. */
@DisplayName("Users who think")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class ThinkTimeIT {

    @LlmLoad(concurrency = 20, thinkTime = "0.2s..0.6s", requests = 200)
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 1500 ms")
    @Budget("success_rate >= 99%")
    void chat(LoadResult result) {}
}
