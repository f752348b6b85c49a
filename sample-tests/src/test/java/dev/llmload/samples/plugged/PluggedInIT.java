package dev.llmload.samples.plugged;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.llmload.junit.GoodAnswer;
import dev.llmload.junit.GpuTelemetry;
import dev.llmload.junit.LlmEndpointSource;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

/** What a company plugs in, found on the class path: see {@code META-INF/services} in the resources. */
@DisplayName("Prompts, GPU readings, answer checks and a listener of one's own")
class PluggedInIT {
    private static final Path LOG = Path.of("target", "level-log.txt");

    private static Simulator server;
    private static HttpServer meter;

    @BeforeAll
    static void start() throws IOException {
        server = Simulator.start(SimulatorSettings.parse("simulator:fast?tpot=3ms"));
        meter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        meter.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("250.5".getBytes());
            exchange.close();
        });
        meter.start();
        System.setProperty(
                "wall-meter.url", "http://127.0.0.1:" + meter.getAddress().getPort());
        Files.createDirectories(LOG.toAbsolutePath().getParent());
        Files.deleteIfExists(LOG);
        System.setProperty("level-log", LOG.toString());
    }

    @LlmEndpointSource
    static String url() {
        return server.url();
    }

    @LlmLoad(concurrency = 4, requests = 60)
    @LlmRequest(prompts = "tickets:billing")
    @GoodAnswer(check = NoSpecialTokens.class, checkShare = 1)
    @GpuTelemetry(source = "wall-meter")
    void billing(LoadResult result) {
        assertThat(result.power().isPresent()).as(result.gpu().toString()).isTrue();
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty("wall-meter.url");
        meter.stop(0);
        server.close();
        assertThat(Files.readString(LOG)).contains("billing @ 4 users: PASS, ttft p95 ");
    }
}
