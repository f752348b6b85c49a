package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;

/** Its body ends with an error that is no assertion. */
public class OverflowGate {
    @LlmLoad(concurrency = 2, requests = 20, warmup = 2, warmupConcurrency = 2)
    @Budget("ttft p50 < 10 s")
    void chat() {
        throw new StackOverflowError("thrown by a test");
    }
}
