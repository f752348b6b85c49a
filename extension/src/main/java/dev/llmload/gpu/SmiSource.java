package dev.llmload.gpu;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The GPUs as nvidia-smi lists them, by one child process a reading. */
final class SmiSource implements TelemetrySource {
    /** A process a reading, and some 50 to 500 ms of it in the driver. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final double MIB = 1 << 20;
    private static final String GONE = "(?i).*(GPU is lost|fallen off the bus|GPU requires reset|GPU_IS_LOST).*";
    private static final int GONE_STATUS = 15;

    private final SmiCommand command;
    private final LongSupplier clock;
    private final SmiQuery query;
    private final List<GpuFacts> devices = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();

    private SmiSource(SmiCommand command, LongSupplier clock) {
        this.command = command;
        this.clock = clock;
        this.query = new SmiQuery(
                command,
                "gpu",
                "uuid",
                "utilization.gpu",
                "utilization.memory",
                "memory.used",
                "memory.total",
                "temperature.gpu",
                "power.draw.instant",
                "power.draw",
                "clocks.sm",
                "clocks.mem",
                "enforced.power.limit",
                "clocks_event_reasons.active");
    }

    static SmiSource open(SmiCommand command, LongSupplier clock) throws TelemetryUnavailableException {
        SmiSource source = new SmiSource(command, clock);
        source.find();
        source.query.ask();
        source.notes.add("nvidia-smi has no energy counter: energy is the trapezoid of its power");
        if (!source.query.unknown().isEmpty()) {
            source.notes.add("this nvidia-smi does not know " + String.join(", ", source.query.unknown()));
        }
        return source;
    }

    private void find() throws TelemetryUnavailableException {
        SmiQuery facts = new SmiQuery(
                command,
                "gpu",
                "index",
                "uuid",
                "name",
                "driver_version",
                "mig.mode.current",
                "memory.total",
                "clocks.max.sm",
                "clocks.max.mem",
                "enforced.power.limit",
                "power.default_limit");
        SmiCommand.Answer answer = facts.ask();
        if (answer.status() != 0) {
            throw new TelemetryUnavailableException(
                    "nvidia-smi failed (exit status " + answer.status() + "): " + answer.firstLine());
        }
        Map<String, List<GpuProcess>> processes = processes();
        for (String line : answer.lines()) {
            List<String> values = facts.values(line);
            String uuid = values.isEmpty() ? "" : facts.text(values, "uuid");
            if (!uuid.isEmpty()) {
                devices.add(new GpuFacts(
                        new GpuDevice((int) facts.number(values, "index"), uuid, facts.text(values, "name")),
                        facts.text(values, "driver_version"),
                        facts.text(values, "mig.mode.current").equals("Enabled"),
                        facts.number(values, "memory.total") * MIB,
                        facts.number(values, "clocks.max.sm"),
                        facts.number(values, "clocks.max.mem"),
                        facts.number(values, "enforced.power.limit"),
                        facts.number(values, "power.default_limit"),
                        processes.getOrDefault(uuid, List.of())));
            }
        }
        if (devices.isEmpty()) {
            throw new TelemetryUnavailableException("nvidia-smi lists no GPU: " + answer.firstLine());
        }
    }

    private Map<String, List<GpuProcess>> processes() throws TelemetryUnavailableException {
        SmiQuery apps = new SmiQuery(command, "compute-apps", "gpu_uuid", "pid", "used_gpu_memory");
        Map<String, List<GpuProcess>> processes = new HashMap<>();
        for (String line : apps.ask().lines()) {
            List<String> values = apps.values(line);
            if (!values.isEmpty() && !Double.isNaN(apps.number(values, "pid"))) {
                processes
                        .computeIfAbsent(apps.text(values, "gpu_uuid"), uuid -> new ArrayList<>())
                        .add(new GpuProcess(
                                (long) apps.number(values, "pid"), apps.number(values, "used_gpu_memory") * MIB));
            }
        }
        return processes;
    }

    @Override
    public String name() {
        return NvidiaSmiProbe.NAME;
    }

    @Override
    public List<GpuFacts> devices() {
        return List.copyOf(devices);
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Duration shortestPeriod() {
        return PERIOD;
    }

    @Override
    public void read(Readings readings) {
        Set<String> open = new HashSet<>();
        devices.forEach(facts -> open.add(facts.device().uuid()));
        open.removeAll(lost);
        if (open.isEmpty()) {
            return;
        }
        long before = clock.getAsLong();
        SmiCommand.Answer answer;
        try {
            answer = query.ask();
        } catch (TelemetryUnavailableException e) {
            open.forEach(uuid -> readings.missed(uuid, String.valueOf(e.getMessage())));
            return;
        }
        long nanos = before + (clock.getAsLong() - before) / 2;
        for (String line : answer.lines()) {
            List<String> values = query.values(line);
            String uuid = values.isEmpty() ? "" : query.text(values, "uuid");
            if (!line.matches(GONE) && open.remove(uuid)) {
                readings.sample(sample(nanos, uuid, values));
            }
        }
        for (String uuid : open) {
            unread(uuid, answer, readings);
        }
    }

    /** Of a lost GPU it prints one line instead of its values, or nothing but that line at all. */
    private void unread(String uuid, SmiCommand.Answer answer, Readings readings) {
        String said = answer.lines().stream()
                .filter(line -> line.matches(GONE))
                .findFirst()
                .orElse(answer.firstLine());
        String reason = "nvidia-smi (exit status " + answer.status() + "): " + said;
        if (said.matches(GONE) || answer.status() == GONE_STATUS) {
            lost.add(uuid);
            readings.lost(uuid, clock.getAsLong(), reason);
        } else {
            readings.missed(uuid, reason);
        }
    }

    private GpuSample sample(long nanos, String uuid, List<String> values) {
        double instant = query.number(values, "power.draw.instant");
        return new GpuSample(
                nanos,
                uuid,
                query.number(values, "utilization.gpu") / 100,
                query.number(values, "utilization.memory") / 100,
                query.number(values, "memory.used") * MIB,
                query.number(values, "memory.total") * MIB,
                query.number(values, "temperature.gpu"),
                Double.isNaN(instant) ? query.number(values, "power.draw") : instant,
                Double.NaN,
                query.number(values, "clocks.sm"),
                query.number(values, "clocks.mem"),
                query.number(values, "enforced.power.limit"),
                Double.NaN,
                ThrottleReasons.words(query.mask(values, "clocks_event_reasons.active")));
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
