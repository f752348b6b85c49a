package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;
import java.util.concurrent.locks.LockSupport;

/** Its body never ends, whatever it is told. */
public class StuckGate {
    @LlmLoad(concurrency = 2, requests = 20, warmup = 2, warmupConcurrency = 2)
    @Budget("ttft p50 < 10 s")
    void chat() {
        System.out.println("stuck now");
        while (true) {
            LockSupport.park();
        }
    }
}
