package dev.llmload.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/** A gate of a few seconds: is the endpoint fit to be tested at all? */
@DisplayName("Smoke")
@LlmEndpoint(url = "simulator")
class SmokeIT {

    @ChatSlo
    @LlmLoad(concurrency = 4, requests = 40, warmup = 4)
    @LlmRequest(maxTokens = 16)
    void answersAndStreams(LoadResult result) {
        assertThat(result.tokens().output()).isPositive();
    }
}
