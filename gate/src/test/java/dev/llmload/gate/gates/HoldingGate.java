package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;
import org.junit.jupiter.api.Tag;

/** Holds its budget unless requests fail, however busy the machine is. */
public class HoldingGate {
    @Tag("chat")
    @LlmLoad(
            concurrency = {2, 4},
            requests = 20,
            warmup = 2,
            warmupConcurrency = 2)
    @Budget("success_rate >= 99%")
    void chat() {}
}
