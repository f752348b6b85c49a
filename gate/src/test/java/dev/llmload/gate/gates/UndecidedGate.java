package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;

/** Has too few requests for its budget, however fast they are. */
public class UndecidedGate {
    @LlmLoad(concurrency = 2, requests = 20, warmup = 2, warmupConcurrency = 2)
    @Budget("ttft p99 < 10 s")
    void chat() {}
}
