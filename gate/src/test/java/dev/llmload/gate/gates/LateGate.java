package dev.llmload.gate.gates;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Starts its own server, as a test with a container does. */
@LlmEndpoint(url = "http://localhost:${late.gate.port}")
public class LateGate {
    private static Simulator server;

    @BeforeAll
    static void start() {
        server = Simulator.start(SimulatorSettings.parse("simulator:fast?ttft=4ms&tpot=1ms&tokens=5..8"));
        System.setProperty(
                "late.gate.port",
                Integer.toString(java.net.URI.create(server.url()).getPort()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @LlmLoad(concurrency = 2, requests = 20, warmup = 2, warmupConcurrency = 2)
    @Budget("success_rate >= 99%")
    void chat() {}
}
