package dev.llmload.gate.gates;

import dev.llmload.junit.LlmLoad;
import org.junit.jupiter.api.Disabled;

/** Does not run. */
@Disabled("on purpose")
public class DisabledGate {
    @LlmLoad(concurrency = 2)
    void chat() {}
}
