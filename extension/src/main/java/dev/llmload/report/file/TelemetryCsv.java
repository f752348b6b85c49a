package dev.llmload.report.file;

import dev.llmload.report.Csv;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code telemetry.csv}: every reading of every GPU, on the clock of {@code requests.jsonl}. Times are nanoseconds, shares
 * fractions, memory bytes, power watts, energy joules, clocks MHz, temperature °C; what a device does not have is an empty
 * field. Made with the first reading, appended to after each level. Confined to one thread at a time.
 */
public final class TelemetryCsv {
    /** Name of the file in the run's folder. */
    public static final String FILE = "telemetry.csv";

    private static final List<String> COLUMNS = List.of(
            "time",
            "uuid",
            "name",
            "gpu_util",
            "mem_util",
            "memory_used",
            "memory_total",
            "temperature",
            "power",
            "energy",
            "sm_clock",
            "mem_clock",
            "throttle");

    private final Path file;
    private final long origin;
    private final Map<String, Long> newest = new HashMap<>();

    /**
     * Writes nothing yet.
     *
     * @param dir folder of the run
     * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in the file
     */
    public TelemetryCsv(Path dir, long originNanos) {
        this.file = dir.resolve(FILE);
        this.origin = originNanos;
    }

    /**
     * Appends the readings of a level; those that an earlier level brought already are left out.
     *
     * @param telemetry of the level
     * @throws IOException if they cannot be written
     */
    public void append(GpuMeasurement telemetry) throws IOException {
        Map<String, String> names = new HashMap<>();
        telemetry.devices().stream()
                .map(GpuUse::device)
                .forEach((GpuDevice device) -> names.put(device.uuid(), device.name()));
        StringBuilder text = new StringBuilder();
        if (newest.isEmpty()) {
            text.append(Csv.row(COLUMNS));
        }
        for (GpuSample sample : telemetry.samples()) {
            Long last = newest.get(sample.uuid());
            if (last == null || sample.nanos() - last > 0) {
                newest.put(sample.uuid(), sample.nanos());
                text.append(row(sample, names.getOrDefault(sample.uuid(), "")));
            }
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private String row(GpuSample sample, String name) {
        return Csv.row(List.of(
                Long.toString(sample.nanos() - origin),
                sample.uuid(),
                name,
                number(sample.gpuUtil()),
                number(sample.memUtil()),
                number(sample.memoryUsedBytes()),
                number(sample.memoryTotalBytes()),
                number(sample.temperatureCelsius()),
                number(sample.powerWatts()),
                number(sample.energyJoules()),
                number(sample.smClockMhz()),
                number(sample.memClockMhz()),
                sample.throttle()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Csv.number(value);
    }
}
