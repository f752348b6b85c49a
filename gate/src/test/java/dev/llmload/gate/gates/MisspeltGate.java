package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;

/** Cannot run. */
public class MisspeltGate {
    @LlmLoad(concurrency = 2)
    @Budget("tftt p99 < 10 s")
    void chat() {}
}
