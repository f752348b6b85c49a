package dev.llmload.benchmark;

import com.sun.management.ThreadMXBean;
import dev.llmload.gpu.GpuLog;
import dev.llmload.gpu.GpuSampler;
import dev.llmload.gpu.nvml.NvmlProbe;
import dev.llmload.load.LoadListener;
import dev.llmload.load.wire.WireTap;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What GPU telemetry costs: the CPU time of its thread, and what it does to the times that we measure meanwhile. The
 * driver is the stand-in that the unit tests use, with eight GPUs, so a real driver's own time comes on top.
 */
public final class TelemetryCost {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final String SAMPLER = "llm-load-gpu";
    private static final int WARM_UP_SECONDS = 5;
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();
    private static final List<String> MEASURES = List.of("ttft", "ttft error", "first token", "every token");

    static {
        DEFAULTS.put("period", 100);
        DEFAULTS.put("streams", 100);
        DEFAULTS.put("rate", 5000);
        DEFAULTS.put("tokens", 100);
        DEFAULTS.put("seconds", 10);
        DEFAULTS.put("rounds", 5);
        DEFAULTS.put("loops", 0);
    }

    private TelemetryCost() {}

    /**
     * Samples alone, then loads a server in turns with and without the sampler.
     *
     * @param args the options, see benchmarks/README.md
     */
    public static void main(String[] args) throws TelemetryUnavailableException, InterruptedException {
        WireTap.install();
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(Machine.describe());
        System.out.println(options);
        String library =
                System.getProperty("benchmark.nvml", System.getProperty("benchmark.programs") + "/libstandin.so");
        try (TelemetrySource source = new NvmlProbe(library).open()) {
            Duration period = Duration.ofMillis(options.get("period"));
            alone(source, period, 5);
            System.out.println(alone(source, period, options.get("seconds")));
            loaded(source, period, options);
        }
    }

    private static String alone(TelemetrySource source, Duration period, int seconds) throws InterruptedException {
        try (GpuSampler sampler = GpuSampler.start(source, period)) {
            long thread = thread();
            long from = System.nanoTime();
            long cpu = THREADS.getThreadCpuTime(thread);
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            Thread.sleep(seconds * 1000L);
            cpu = THREADS.getThreadCpuTime(thread) - cpu;
            bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
            long to = System.nanoTime();
            GpuLog log = sampler.between(from, to);
            double elapsed = (to - from) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%nsampling %d GPUs every %d ms for %.1f s: %d samples, %.3f %% of a core, %.0f us of CPU a reading,"
                            + " %.0f KB allocated a second",
                    source.devices().size(),
                    period.toMillis(),
                    elapsed,
                    log.samples().size(),
                    100 * cpu / 1e9 / elapsed,
                    cpu / 1e3 / (elapsed * 1e9 / period.toNanos()),
                    bytes / 1e3 / elapsed);
        }
    }

    private static void loaded(TelemetrySource source, Duration period, Options options) {
        int streams = options.get("streams");
        int tokens = options.get("tokens");
        int seconds = options.get("seconds");
        int interval = (int) (1_000_000L * streams / options.get("rate"));
        String plan = "ttft_us=50000,jit_us=" + interval + ",itl_us=" + interval + ",tokens=" + tokens;
        List<Figures> without = new ArrayList<>();
        List<Figures> with = new ArrayList<>();
        try (TimingServer server = TimingServer.start(-1, 0);
                RealPath client =
                        new RealPath(server, plan, streams, tokens, options.get("loops"), new LoadListener() {})) {
            client.warmUp((int) Math.ceil(WARM_UP_SECONDS / (0.05 + tokens * interval / 1e6)) * streams);
            for (int round = 0; round < options.get("rounds"); round++) {
                // Each goes first as often as the other.
                if (round % 2 == 0) {
                    without.add(Accuracy.ours(client, seconds));
                    with.add(sampled(source, period, client, seconds));
                } else {
                    with.add(sampled(source, period, client, seconds));
                    without.add(Accuracy.ours(client, seconds));
                }
            }
        }
        Figures base = Figures.median(without);
        Figures sampled = Figures.median(with);
        System.out.printf("%nmedians of %d rounds of %d s each%n", options.get("rounds"), seconds);
        System.out.println(base.text("without telemetry:", MEASURES));
        System.out.println(sampled.text("with telemetry:", MEASURES));
        System.out.println("ratio with / without");
        for (String measure : MEASURES) {
            System.out.println(Figures.ratio(measure, sampled, base));
        }
    }

    private static Figures sampled(TelemetrySource source, Duration period, RealPath client, int seconds) {
        try (GpuSampler sampler = GpuSampler.start(source, period)) {
            Figures figures = Accuracy.ours(client, seconds);
            if (!sampler.losses().isEmpty()) {
                throw new IllegalStateException("telemetry was lost: " + sampler.losses());
            }
            return figures;
        }
    }

    private static long thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(SAMPLER))
                .mapToLong(Thread::getId)
                .findFirst()
                .orElseThrow();
    }
}
