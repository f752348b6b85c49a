package dev.llmload.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** The gate of a model release: what chat users must feel at 10, 50 and 100 users. */
@DisplayName("Chat release")
@LlmEndpoint(url = "simulator")
class ChatReleaseIT {

    @LlmLoad(concurrency = {10, 50, 100})
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("ttft p95 < 1500 ms")
    @Budget("e2e p95 < 5 s")
    @Budget("success_rate >= 99%")
    @Budget(value = "ttft p95 < 400 ms", at = "10 users")
    void chat(LoadResult result) {
        // Optional: anything the budgets cannot say.
        assertThat(result.requests().finishReasons().keySet()).isSubsetOf("stop", "length");
    }
}
