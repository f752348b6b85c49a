package dev.llmload.gate.canary;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;

/** Sends secrets of every kind, to a server that sends them back. */
@LlmEndpoint(model = "canary-model")
@LlmRequest(
        headers = {"X-Gateway: ${canary.gateway}", "Cookie: lang=en; session=${canary.session}"},
        extraBody = "{\"metadata\": {\"api_key\": \"${canary.body}\"}}")
public class CanaryGate {
    @LlmLoad(concurrency = 2, requests = 60, warmup = 2, warmupConcurrency = 1)
    @Budget("success_rate >= 99%")
    @Budget("ttft p95 < 10 s")
    public void load() {}
}
