package dev.llmload.gpu;

import static dev.llmload.gpu.Gpus.A;
import static dev.llmload.gpu.Gpus.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** The schedule, on a clock that moves only when somebody sleeps or a source is slow. */
class GpuSamplerTests {
    private static final Duration PERIOD = Duration.ofMillis(200);

    /** Two devices; time passes as a test says. */
    private static class Scripted implements TelemetrySource, SamplingClock {
        private final LongConsumer onRead;
        private final long endNanos;
        private long now;
        private int reads;
        private GpuReadings into;

        Scripted(double seconds, LongConsumer onRead) {
            this.endNanos = Gpus.nanos(seconds);
            this.onRead = onRead;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public List<GpuFacts> devices() {
            return List.of(Gpus.facts(A), Gpus.facts(B));
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void read(GpuReadings readings) {
            into = readings;
            onRead.accept(reads++);
        }

        void give(String uuid) {
            into.sample(Gpus.at(uuid, now / 1_000_000, 100, 0));
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            now += nanos;
            if (now > endNanos) {
                throw new InterruptedException();
            }
        }

        @Override
        public void close() {}
    }

    private Scripted source;

    private GpuSampler run(double seconds, LongConsumer onRead) {
        return run(seconds, onRead, 1000);
    }

    private GpuSampler run(double seconds, LongConsumer onRead, int capacity) {
        source = new Scripted(seconds, onRead);
        GpuSampler sampler = new GpuSampler(source, PERIOD, source, capacity);
        sampler.begin();
        sampler.run();
        return sampler;
    }

    private static List<Long> millis(GpuLog log, String uuid) {
        return log.samples().stream()
                .filter(sample -> sample.uuid().equals(uuid))
                .map(sample -> sample.nanos() / 1_000_000)
                .toList();
    }

    @Test
    void readings_areDueAtMultiplesOfThePeriod_howeverLongTheyTake() {
        GpuSampler sampler = run(1.0, read -> {
            source.give(A);
            source.now += 30_000_000;
            source.give(B);
        });
        GpuLog log = sampler.between(0, Gpus.nanos(1));
        assertThat(millis(log, A)).containsExactly(0L, 200L, 400L, 600L, 800L, 1000L);
        assertThat(millis(log, B)).containsExactly(30L, 230L, 430L, 630L, 830L, 1030L);
        assertThat(log.samples()).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    }

    @Test
    void aReadingThatFails_isOneReadingLost_andSaid() {
        GpuSampler sampler = run(0.6, read -> {
            if (read == 1) {
                throw new IllegalStateException("the driver is gone");
            }
            source.give(A);
        });
        GpuLog log = sampler.between(0, Gpus.nanos(0.6));
        assertThat(millis(log, A)).containsExactly(0L, 400L, 600L);
        assertThat(log.troubles())
                .containsEntry(
                        A,
                        "1 reading failed, the last one: the source failed with java.lang.IllegalStateException: the"
                                + " driver is gone");
    }

    @Test
    void slowReading_costsThoseThatItOverran_andShiftsNone() {
        GpuSampler sampler = run(1.4, read -> {
            source.give(A);
            source.now += read == 1 ? 450_000_000 : 0;
        });
        assertThat(millis(sampler.between(0, Gpus.nanos(2)), A)).containsExactly(0L, 200L, 800L, 1000L, 1200L, 1400L);
    }

    @Test
    void stretch_hasOneSampleBeforeItAndOneAfterIt_perDevice() {
        GpuSampler sampler = run(2.0, read -> {
            source.give(A);
            source.give(B);
        });
        GpuLog log = sampler.between(Gpus.nanos(0.5), Gpus.nanos(0.9));
        assertThat(millis(log, A)).containsExactly(400L, 600L, 800L, 1000L);
        assertThat(millis(log, B)).containsExactly(400L, 600L, 800L, 1000L);
    }

    @Test
    void memoryIsBounded_theOldestGo() {
        GpuSampler sampler = run(2.0, read -> source.give(A), 3);
        assertThat(millis(sampler.between(0, Gpus.nanos(2)), A)).containsExactly(1600L, 1800L, 2000L);
    }

    @Test
    void lostGpu_isLostFromThatInstantOn_theOtherIsReadOn() {
        GpuSampler sampler = run(1.0, read -> {
            source.give(A);
            if (read < 2) {
                source.give(B);
            } else {
                source.into.lost(B, source.now, "the GPU is lost");
            }
        });
        GpuLoss loss = new GpuLoss(B, Gpus.nanos(0.4), "the GPU is lost");
        assertThat(sampler.between(0, Gpus.nanos(1)).losses()).containsExactly(loss);
        assertThat(sampler.between(0, Gpus.nanos(0.4)).losses()).isEmpty();
        assertThat(sampler.losses()).containsExactly(loss);
        assertThat(millis(sampler.between(0, Gpus.nanos(1)), A)).hasSize(6);
        assertThat(millis(sampler.between(0, Gpus.nanos(1)), B)).containsExactly(0L, 200L);
    }

    @Test
    void failedReadings_areCounted_withTheLastReason() {
        GpuSampler sampler = run(1.0, read -> {
            if (read < 3) {
                source.into.missed(A, "reason " + read);
            } else {
                source.give(A);
            }
        });
        assertThat(sampler.between(0, Gpus.nanos(1)).troubles())
                .containsOnlyKeys(A)
                .containsEntry(A, "3 readings failed, the last one: reason 2");
    }

    @Test
    void periodBelow100Milliseconds_isRefused() {
        assertThatThrownBy(() -> GpuSampler.start(new Scripted(1, read -> {}), Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the period of GPU telemetry must be at least 100 ms, but was 99 ms");
    }

    @Test
    void between_waitsForTheReadingAfterItsEnd() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        Scripted live = new Scripted(1, read -> asked.countDown()) {
            @Override
            public void read(GpuReadings readings) {
                super.read(readings);
                GpuSample sample = Gpus.at(0, 100, 0);
                readings.sample(new GpuSample(
                        System.nanoTime(),
                        A,
                        sample.gpuUtil(),
                        sample.memUtil(),
                        sample.memoryUsedBytes(),
                        sample.memoryTotalBytes(),
                        sample.temperatureCelsius(),
                        sample.powerWatts(),
                        sample.energyJoules(),
                        sample.smClockMhz(),
                        sample.memClockMhz(),
                        sample.powerLimitWatts(),
                        sample.tensorActivity(),
                        sample.throttle()));
            }
        };
        long from = System.nanoTime();
        try (GpuSampler sampler = GpuSampler.start(live, Duration.ofMillis(100))) {
            asked.await();
            long to = System.nanoTime();
            List<GpuSample> samples = sampler.between(from, to).samples();
            assertThat(samples.get(samples.size() - 1).nanos() - to).isPositive();
        }
    }
}
