package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;

/** Its body finds no memory, which no test engine catches. */
public class OutOfMemoryGate {
    @LlmLoad(concurrency = 2, requests = 20, warmup = 2, warmupConcurrency = 2)
    @Budget("ttft p50 < 10 s")
    void chat() {
        throw new OutOfMemoryError("thrown by a test");
    }
}
