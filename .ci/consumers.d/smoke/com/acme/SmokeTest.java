package com.acme;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.Assertions;

@LlmEndpoint(url = "simulator:fast")
class SmokeTest {
    @LlmLoad(concurrency = {2, 4}, requests = 20, warmup = 2)
    @LlmRequest(maxTokens = 8)
    @Budget("success_rate >= 99%")
    void answers(LoadResult result) {
        Assertions.assertTrue(result.tokens().output() > 0);
    }
}
