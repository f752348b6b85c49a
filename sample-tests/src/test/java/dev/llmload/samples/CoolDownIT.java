package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** The many come first: their queue must not be what the few wait in. The server's own counters say when it is gone. */
@DisplayName("Idle between the levels")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class CoolDownIT {

    @LlmLoad(
            concurrency = {40, 5},
            requests = 100,
            coolDown = "30s")
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 3 s")
    @Budget("success_rate >= 99%")
    void chat(LoadResult result) {}
}
