package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/**
 * A night's run need not offer load to a server that fails: the level stops, and those after it do not run. This one is
 * well; {@code -Dllmload.url="simulator:h100-fast?errorRate=30%"} is not.
 */
@DisplayName("Stops when it is a lost cause")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class AbortIT {

    @LlmLoad(
            concurrency = {5, 10},
            requests = 100,
            abortWhen = {"success_rate < 90%", "ttft p95 > 10 s"})
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @Budget("success_rate >= 99%")
    @Budget("ttft p95 < 3 s")
    void chat(LoadResult result) {}
}
