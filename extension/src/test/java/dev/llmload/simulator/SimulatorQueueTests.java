package dev.llmload.simulator;

import static dev.llmload.simulator.SimulatorClient.await;
import static dev.llmload.simulator.SimulatorClient.chat;
import static dev.llmload.simulator.SimulatorClient.chatBody;
import static dev.llmload.simulator.SimulatorClient.open;
import static dev.llmload.simulator.SimulatorClient.readUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.simulator.engine.Engine;
import dev.llmload.simulator.engine.GpuMeterTests;
import dev.llmload.simulator.engine.Ledger;
import dev.llmload.simulator.settings.SimulatorTiming;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatorQueueTests {
    private static final String STREAM = chatBody("\"stream\":true");

    private static void leave(Socket socket) throws IOException {
        socket.close();
    }

    private static Simulator start(String query) {
        return Simulator.start(SimulatorSettings.parse("simulator:fast?" + query));
    }

    @Test
    void slots_areGivenFirstInFirstOut() throws IOException {
        try (Simulator simulator = start("maxConcurrent=1&stallFirstRate=1");
                Socket first = open(simulator, STREAM)) {
            await(() -> simulator.stats().running() == 1);
            try (Socket second = open(simulator, STREAM)) {
                await(() -> simulator.stats().queued() == 1);
                try (Socket third = open(simulator, STREAM)) {
                    await(() -> simulator.stats().queued() == 2);
                    assertThat(second.getInputStream().available()).isZero();
                    leave(first);
                    readUntil(second, "\"role\"");
                    assertThat(simulator.stats().queued()).isEqualTo(1);
                    assertThat(third.getInputStream().available()).isZero();
                    leave(second);
                    readUntil(third, "\"role\"");
                    assertThat(simulator.stats().maxRunning()).isEqualTo(1);
                    assertThat(simulator.stats().maxQueued()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void clientThatLeavesTheQueue_freesItsPlaceAndNobodysSlot() throws IOException {
        try (Simulator simulator = start("maxConcurrent=1&stallFirstRate=1");
                Socket first = open(simulator, STREAM)) {
            await(() -> simulator.stats().running() == 1);
            Socket second = open(simulator, STREAM);
            await(() -> simulator.stats().queued() == 1);
            second.close();
            await(() -> simulator.stats().queued() == 0);
            assertThat(simulator.stats().running()).isEqualTo(1);
            assertThat(first.isClosed()).isFalse();
        }
    }

    @Test
    void limit_holdsUnderLoad_andEveryRequestIsAnswered() {
        try (Simulator simulator = start("maxConcurrent=3&tokens=5")) {
            List<Integer> statuses = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> chat(simulator, "\"stream\":true").statusCode())
                    .toList();
            assertThat(statuses).hasSize(40).containsOnly(200);
            SimulatorStats stats = simulator.stats();
            assertThat(stats.maxRunning()).isLessThanOrEqualTo(3);
            assertThat(stats.requests()).isEqualTo(40);
            assertThat(stats.completed()).isEqualTo(40);
            assertThat(stats.outputTokens()).isEqualTo(200);
            assertThat(stats.promptTokens()).isEqualTo(120);
            assertThat(stats.ttftNanos()).hasSize(40);
            await(() -> simulator.stats().running() == 0);
        }
    }

    @Test
    void prefill_isSerial() throws IOException {
        try (Simulator simulator = start("prefill=40ms&ttft=0&tokens=1")) {
            long start = System.nanoTime();
            Socket[] sockets = new Socket[4];
            for (int i = 0; i < 4; i++) {
                sockets[i] = open(simulator, STREAM);
            }
            for (Socket socket : sockets) {
                readUntil(socket, "[DONE]");
                socket.close();
            }
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(4 * 40 - 1));
            assertThat(Arrays.stream(simulator.stats().ttftNanos()).min().orElseThrow())
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(39));
        }
    }

    @Test
    void tokens_areNeverEarly() {
        try (Simulator simulator = start("ttft=60ms&tpot=10ms&tokens=11")) {
            long start = System.nanoTime();
            chat(simulator, "\"stream\":true");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60 + 100 - 1));
            assertThat(simulator.stats().ttftNanos()[0]).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(59));
        }
    }

    @Test
    void growth_makesEachTokenSlowerByTheNumberRunning() {
        SimulatorTiming timing = SimulatorSettings.parse(
                        "simulator:fast?tpot=10ms&tpotGrowth=50%&tpotJitter=20%&tokensPerChunk=2")
                .timing();
        Engine engine = new Engine(timing, new Ledger(), GpuMeterTests.meter());
        engine.admit(() -> {});
        assertThat(engine.chunkNanos(0.5)).isEqualTo(20_000_000);
        engine.admit(() -> {});
        assertThat(engine.chunkNanos(0.5)).isEqualTo(30_000_000);
        assertThat(engine.chunkNanos(0)).isEqualTo(24_000_000);
        assertThat(engine.chunkNanos(1)).isEqualTo(36_000_000);
    }

    @Test
    void prefills_areBookedOneAfterTheOther() {
        Engine engine = new Engine(
                SimulatorSettings.parse("simulator?prefill=8ms").timing(), new Ledger(), GpuMeterTests.meter());
        long now = System.nanoTime() + 1_000_000_000;
        assertThat(engine.prefilledNanos(now) - now).isEqualTo(8_000_000);
        assertThat(engine.prefilledNanos(now) - now).isEqualTo(16_000_000);
        assertThat(engine.prefilledNanos(now + 10_000_000) - now).isEqualTo(24_000_000);
        assertThat(engine.prefilledNanos(now + 50_000_000) - now).isEqualTo(58_000_000);
    }
}
