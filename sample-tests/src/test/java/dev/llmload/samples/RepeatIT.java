package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** Each level three times: all requests are judged together, and how far the runs are apart is shown beside it. */
@DisplayName("Three runs of each level")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class RepeatIT {

    @LlmLoad(
            concurrency = {4, 8},
            requests = 60,
            repeat = 3)
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 1500 ms")
    @Budget("success_rate >= 99%")
    void chat(LoadResult result) {}
}
