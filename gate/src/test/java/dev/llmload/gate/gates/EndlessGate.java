package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;

/** Runs until it is stopped. */
public class EndlessGate {
    @LlmLoad(concurrency = 2, requests = 1_000_000, warmup = 2, warmupConcurrency = 2)
    @Budget("ttft p50 < 10 s")
    void chat() {}
}
