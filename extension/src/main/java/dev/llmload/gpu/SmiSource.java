package dev.llmload.gpu;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuProcess;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
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

    private final SmiCommand command;
    private final LongSupplier clock;
    private final SmiQuery query;
    private final List<GpuFacts> devices = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private SmiCommand.Answer opening = SmiCommand.Answer.NOTHING;

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
        SmiMessages messages = new SmiMessages(answer, facts, SmiCommand.Answer.NOTHING);
        Map<String, List<GpuProcess>> processes = processes();
        for (String line : answer.lines().stream().filter(messages::healthy).toList()) {
            List<String> values = facts.values(line);
            String uuid = facts.text(values, "uuid");
            if (devices.stream().anyMatch(known -> known.device().uuid().equals(uuid))) {
                continue;
            }
            devices.add(new GpuFacts(
                    new GpuDevice(index(facts, values), uuid, facts.text(values, "name")),
                    facts.text(values, "driver_version"),
                    facts.text(values, "mig.mode.current").equals("Enabled"),
                    facts.number(values, "memory.total") * MIB,
                    facts.number(values, "clocks.max.sm"),
                    facts.number(values, "clocks.max.mem"),
                    facts.number(values, "enforced.power.limit"),
                    facts.number(values, "power.default_limit"),
                    processes.getOrDefault(uuid, List.of())));
        }
        if (devices.isEmpty()) {
            throw new TelemetryUnavailableException(messages.why());
        }
        opening = answer;
        messages.leftOut()
                .forEach(message -> notes.add("a GPU is left out: nvidia-smi"
                        + (answer.status() == 0 ? "" : " (exit status " + answer.status() + ")") + " says: "
                        + message));
    }

    private int index(SmiQuery facts, List<String> values) {
        double index = facts.number(values, "index");
        return Double.isNaN(index) ? devices.size() : (int) index;
    }

    private Map<String, List<GpuProcess>> processes() throws TelemetryUnavailableException {
        SmiQuery apps = new SmiQuery(command, "compute-apps", "gpu_uuid", "pid", "used_gpu_memory");
        Map<String, List<GpuProcess>> processes = new HashMap<>();
        for (String line : apps.ask().lines()) {
            List<String> values = apps.values(line);
            if (apps.row(line) && !Double.isNaN(apps.number(values, "pid"))) {
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
    public void read(GpuReadings readings) {
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
        SmiMessages messages = new SmiMessages(answer, query, opening);
        for (String line : answer.lines().stream().filter(messages::healthy).toList()) {
            List<String> values = query.values(line);
            String uuid = query.text(values, "uuid");
            if (open.remove(uuid)) {
                readings.sample(sample(nanos, uuid, values));
            }
        }
        for (String uuid : open) {
            unread(uuid, messages, readings);
        }
    }

    private void unread(String uuid, SmiMessages messages, GpuReadings readings) {
        String reason = messages.about(uuid);
        if (messages.gone(uuid)) {
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
