package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpointSource;
import dev.llmload.junit.LlmLoad;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

/**
 * A server that the test itself starts, on a port that is known then: a Testcontainers container has the same shape. A
 * Spring Boot test on a random port needs one line, {@code @LlmEndpointSource @LocalServerPort int port;}. {@code
 * -Dllmload.url} wins here too.
 */
@DisplayName("A server of the test's own")
class OwnServerIT {
    private static Simulator server;

    @BeforeAll
    static void start() {
        server = Simulator.start(SimulatorSettings.parse("simulator:fast"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @LlmEndpointSource
    static String url() {
        return server.url();
    }

    @LlmLoad(concurrency = 4, requests = 40)
    @Budget("ttft p95 < 800 ms")
    @Budget("success_rate >= 99%")
    void chat(LoadResult result) {}
}
