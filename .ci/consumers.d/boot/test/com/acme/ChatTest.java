package com.acme;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** The port is known when Spring has started, so the address is a placeholder until then. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@LlmEndpoint(url = "http://localhost:${acme.port}", model = "acme-chat")
class ChatTest {
    @BeforeEach
    void address(@Value("${local.server.port}") int port) {
        System.setProperty("acme.port", String.valueOf(port));
    }

    @LlmLoad(concurrency = {2, 4}, requests = 20, warmup = 2)
    @LlmRequest(maxTokens = 8)
    @Budget("success_rate >= 99%")
    void answers(LoadResult result) {
        Assertions.assertEquals(80, result.tokens().output());
    }
}
