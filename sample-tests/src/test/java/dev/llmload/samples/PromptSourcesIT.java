package dev.llmload.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Where prompts can come from; each gate takes a second or two. */
@DisplayName("Prompt sources")
@LlmEndpoint(url = "simulator")
class PromptSourcesIT {

    @ChatSlo
    @LlmLoad(concurrency = 4, requests = 24, warmup = 4)
    @LlmRequest(
            maxTokens = 16,
            prompts = "75% classpath:/prompts/conversations.json, 25% classpath:/prompts/questions.csv?column=question")
    void conversationsAndQuestions(LoadResult result) {
        assertThat(result.requests().attempted()).isEqualTo(24);
    }

    /** A data set from the network, kept in a cache; {@code LLM_HF=true} switches it on. */
    @EnabledIfEnvironmentVariable(
            named = "LLM_HF",
            matches = "true",
            disabledReason = "needs the network: set LLM_HF=true")
    @ChatSlo
    @LlmLoad(concurrency = 4, requests = 24, warmup = 4)
    @LlmRequest(maxTokens = 16, prompts = "hf:tatsu-lab/alpaca?split=train&column=instruction&limit=500")
    void instructions(LoadResult result) {
        assertThat(result.requests().attempted()).isEqualTo(24);
    }

    @ChatSlo
    @LlmLoad(concurrency = 4, requests = 24, warmup = 4)
    @LlmRequest(prompts = "synthetic:input=64±16,output=16,pin=true")
    void madeUpOfGivenLengths(LoadResult result) {
        assertThat(result.tokens().output()).isPositive();
    }
}
