package dev.llmload.gpu.prometheus;

import dev.llmload.gpu.ThrottleReasons;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The GPUs that a DCGM exporter publishes. Names and units of the fields are those of its {@code default-counters.csv}:
 * memory in MiB, energy in mJ, power in W, clocks in MHz, shares in percent. The exporter keeps its values and renews them
 * every 30 s unless it is told otherwise, so that a reading may be as old as that.
 */
final class PrometheusSource implements TelemetrySource {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** What the exporter does unless it is told otherwise; its page does not say. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private static final double MIB = 1 << 20;

    private final URI page;
    private final LongSupplier clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<GpuFacts> devices = new ArrayList<>();

    private PrometheusSource(URI page, LongSupplier clock) {
        this.page = page;
        this.clock = clock;
    }

    static PrometheusSource open(URI page, LongSupplier clock) throws TelemetryUnavailableException {
        PrometheusSource source = new PrometheusSource(page, clock);
        try {
            source.find(source.ask());
        } catch (IOException e) {
            throw new TelemetryUnavailableException(
                    source.told(e) + "; check that the DCGM exporter runs there and can be reached from here");
        }
        if (source.devices.isEmpty()) {
            throw new TelemetryUnavailableException(source.shown()
                    + " has no DCGM_FI_… value of any GPU; check that it is a DCGM exporter's page, and that the exporter"
                    + " sees its GPUs");
        }
        return source;
    }

    private void find(ExporterPage found) {
        Map<String, String> hosts = ExporterHosts.of(found.gpus());
        boolean several = hosts.values().stream().distinct().count() > 1;
        for (ExporterPage.Gpu gpu : found.gpus()) {
            devices.add(new GpuFacts(
                    new GpuDevice(index(gpu), gpu.uuid(), gpu.label("modelName", "model_name", "modelname")),
                    gpu.label("DCGM_FI_DRIVER_VERSION"),
                    gpu.split(),
                    memoryTotal(gpu),
                    Double.NaN,
                    Double.NaN,
                    gpu.field("DCGM_FI_DEV_ENFORCED_POWER_LIMIT"),
                    Double.NaN,
                    List.of(),
                    several ? hosts.getOrDefault(gpu.uuid(), "") : ""));
        }
    }

    private int index(ExporterPage.Gpu gpu) {
        return gpu.label("gpu").matches("\\d{1,4}") ? Integer.parseInt(gpu.label("gpu")) : devices.size();
    }

    private ExporterPage ask() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(page)
                .timeout(PATIENCE)
                .header("Accept", "text/plain")
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("it answered " + answer.statusCode());
            }
            return ExporterPage.parse(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String told(IOException e) {
        String message = e.getMessage();
        return shown() + " cannot be read: "
                + (message == null || message.isBlank() ? e.getClass().getSimpleName() : message);
    }

    // Some gateways take keys in the query.
    private String shown() {
        return page.toString().replaceFirst("\\?.*", "");
    }

    @Override
    public String name() {
        return PrometheusProbe.NAME;
    }

    @Override
    public List<GpuFacts> devices() {
        return List.copyOf(devices);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("the DCGM exporter at " + shown() + " renews its values every 30 s unless it is started with another"
                + " `-c` (milliseconds): a window needs 20 of them");
        if (devices.size() > 1 && devices.get(0).host().isEmpty()) {
            notes.add("it does not say on which GPUs the model runs: all " + devices.size()
                    + " of its host count, unless `devices` of @GpuTelemetry names them");
        }
        return notes;
    }

    @Override
    public Duration renewal() {
        return RENEWAL;
    }

    @Override
    public void read(GpuReadings readings) {
        long before = clock.getAsLong();
        Map<String, ExporterPage.Gpu> found = new HashMap<>();
        try {
            ask().gpus().forEach(gpu -> found.put(gpu.uuid(), gpu));
        } catch (IOException e) {
            devices.forEach(facts -> readings.missed(facts.device().uuid(), told(e)));
            return;
        }
        long nanos = before + (clock.getAsLong() - before) / 2;
        for (GpuFacts facts : devices) {
            String uuid = facts.device().uuid();
            ExporterPage.Gpu gpu = found.get(uuid);
            if (gpu == null) {
                readings.missed(uuid, "it is no longer on " + shown());
            } else {
                readings.sample(sample(nanos, gpu));
            }
        }
    }

    private static GpuSample sample(long nanos, ExporterPage.Gpu gpu) {
        double reasons = gpu.field("DCGM_FI_DEV_CLOCKS_EVENT_REASONS");
        double mask = Double.isNaN(reasons) ? gpu.field("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS") : reasons;
        return new GpuSample(
                nanos,
                gpu.uuid(),
                gpu.field("DCGM_FI_DEV_GPU_UTIL") / 100,
                gpu.field("DCGM_FI_DEV_MEM_COPY_UTIL") / 100,
                gpu.field("DCGM_FI_DEV_FB_USED") * MIB,
                memoryTotal(gpu),
                gpu.field("DCGM_FI_DEV_GPU_TEMP"),
                gpu.field("DCGM_FI_DEV_POWER_USAGE"),
                gpu.field("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION") / 1000,
                gpu.field("DCGM_FI_DEV_SM_CLOCK"),
                gpu.field("DCGM_FI_DEV_MEM_CLOCK"),
                gpu.field("DCGM_FI_DEV_ENFORCED_POWER_LIMIT"),
                Double.NaN,
                Double.isNaN(mask) ? "" : ThrottleReasons.words((long) mask));
    }

    private static double memoryTotal(ExporterPage.Gpu gpu) {
        double total = gpu.field("DCGM_FI_DEV_FB_TOTAL");
        return MIB
                * (Double.isNaN(total) ? gpu.field("DCGM_FI_DEV_FB_USED") + gpu.field("DCGM_FI_DEV_FB_FREE") : total);
    }

    /** Holds nothing: idle connections of the JDK's client end by themselves. */
    @Override
    public void close() {}
}
