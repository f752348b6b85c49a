package com.acme;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** The address is known when Quarkus has started, so it is a placeholder until then. */
@QuarkusTest
@LlmEndpoint(url = "${acme.url}", model = "acme-chat")
class ChatTest {
    @TestHTTPResource("/")
    URL url;

    @BeforeEach
    void address() {
        System.setProperty("acme.url", "http://localhost:" + url.getPort());
    }

    @LlmLoad(concurrency = {2, 4}, requests = 20, warmup = 2)
    @LlmRequest(maxTokens = 8)
    @Budget("success_rate >= 99%")
    void answers(LoadResult result) {
        Assertions.assertEquals(80, result.tokens().output());
    }
}
