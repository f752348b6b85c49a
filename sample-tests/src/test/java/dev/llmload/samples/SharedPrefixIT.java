package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/**
 * A few assistants with long system prompts and many users: does the server's prefix cache do its work? Three quarters of each prompt
 * are shared. A server without a prefix cache turns both budgets red:
 * {@code -Dllmload.url="simulator:release-a?prefillRate=4000&stepTokens=4096&prefixCache=false"}. vLLM reports cached tokens with
 * {@code --enable-prompt-tokens-details} only.
 */
@DisplayName("Shared system prompts")
@LlmEndpoint(url = "simulator:release-a?prefillRate=4000&stepTokens=4096&prefixCache=true")
class SharedPrefixIT {

    @LlmLoad(concurrency = 2, requests = 60)
    @LlmRequest(prompts = "synthetic:input=1024,output=8,shared=768,groups=4")
    @Budget("cached_share >= 60%")
    @Budget("ttft p50 < 250 ms")
    void assistants(LoadResult result) {}
}
