package dev.llmload.report.page;

import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.metric.check.ClientHealth;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.Subject;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A level whose requests are made up and whose numbers come of them as those of a real one: users against a server that
 * grows slower with each of them. The same settings give the same level.
 */
final class MadeLevel {
    private static final long MS = 1_000_000L;
    private static final double RAMP_IN_MS = 1_500;

    private final String test;
    private final Level level;
    private final int count;
    private final Random random;
    private String model = "llama-3-8b";
    private double failing;
    private boolean gpu;
    private double slowness = 1;
    private long begin = 10_000 * MS;
    private final List<RequestRecord> records = new ArrayList<>();

    private MadeLevel(String test, Level level, int count) {
        this.test = test;
        this.level = level;
        this.count = count;
        this.random = new Random(level.name().hashCode());
    }

    static MadeLevel of(String test, Level level, int count) {
        return new MadeLevel(test, level, count);
    }

    MadeLevel model(String name) {
        model = name;
        return this;
    }

    /** This share of the requests fails. */
    MadeLevel failing(double share) {
        failing = share;
        return this;
    }

    MadeLevel onGpu() {
        gpu = true;
        return this;
    }

    MadeLevel slower(double factor) {
        slowness = factor;
        return this;
    }

    /** When its first request is due, in ms of the run's clock. */
    MadeLevel from(double millis) {
        begin = Math.round(millis * MS);
        return this;
    }

    List<RequestRecord> records() {
        return records;
    }

    long end() {
        return records.stream().mapToLong(r -> r.times().closed()).max().orElse(begin);
    }

    LevelVerdict judged(String budgets) {
        LoadResult result = result();
        return Judge.judge(result, BudgetParser.parseList(budgets, "method"));
    }

    private LoadResult result() {
        offer();
        LoopRecorder recorder = new LoopRecorder();
        records.forEach(record -> arrivals(recorder, record));
        records.forEach(recorder::ended);
        long open = begin + Math.round(RAMP_IN_MS * MS);
        long lastSent =
                records.stream().mapToLong(r -> r.times().scheduled()).max().orElse(open + 1);
        Duration whole = Duration.ofNanos(end() - begin);
        Window steady =
                new Window(Window.Kind.STEADY, open, Math.max(lastSent, open + 1), whole, count + " requests sent");
        ClientHealth health = new ClientHealth(0.12, 100_000, 900_000, 0.003, true, "");
        LoadResult result = LevelAssembler.assemble(new LevelRecording(
                new Subject(test, "http://gpu-host:8000/v1/chat/completions", model, false),
                level,
                new LevelRecording.Claim(Math.max(1, (int) level.offered()), true),
                List.of(recorder),
                steady,
                true,
                new Window(Window.Kind.WHOLE_RUN, begin, end(), whole, count + " requests sent"),
                new LevelRecording.Health(health, health),
                0,
                ServerWork.unknown("the server's own counters were not read"),
                List.of(),
                Optional.empty()));
        return gpu ? onGpu(result) : result;
    }

    private record Slot(long free, int user) {}

    private void offer() {
        int users = level.isOpen() ? 1 : (int) level.offered();
        PriorityQueue<Slot> slots = new PriorityQueue<>(Comparator.comparingLong(Slot::free));
        for (int user = 0; user < users; user++) {
            slots.add(new Slot(begin + user * 7 * MS / Math.max(1, users / 40), user));
        }
        long due = begin;
        for (int n = 0; n < count; n++) {
            if (level.isOpen()) {
                due += Math.round(-Math.log(1 - random.nextDouble()) * 1e9 / level.offered());
                records.add(request(n, due));
            } else {
                Slot slot = slots.remove();
                RequestRecord record = request(n, slot.free());
                records.add(record);
                slots.add(new Slot(record.times().closed() + MS / 2, slot.user()));
            }
        }
    }

    private RequestRecord request(int n, long due) {
        double load = level.offered();
        double ttft = slowness * (40 + 5 * load) * Math.exp(0.35 * random.nextGaussian());
        double tpot = (7 + 0.11 * load) * Math.exp(0.08 * random.nextGaussian());
        int output = 40 + random.nextInt(120);
        int prompt = 20 + (int) Math.abs(90 * random.nextGaussian());
        Phase phase = due < begin + RAMP_IN_MS * MS ? Phase.RAMP_IN : Phase.WINDOW;
        long sent = due + (level.isOpen() ? Math.round(random.nextDouble() * MS * (load > 20 ? 40 : 0.4)) : 0);
        long first = sent + Math.round(ttft * MS);
        long last = first + Math.round(tpot * (output - 1) * MS);
        if (random.nextDouble() < failing) {
            return failure(n, phase, due, sent, first);
        }
        return new RequestRecord(
                n,
                phase,
                Outcome.OK,
                new RequestRecord.Times(due, sent, first - MS, first, first, last, last + MS / 5, n == 0 ? MS : 0),
                new RequestRecord.Tokens(prompt, 0, output, output, 1, false, output, 8, output),
                200,
                "length",
                "",
                1_000_000L + n,
                2_000_000L + n,
                new RequestRecord.Flags(n > 0, false, false, false, 0, false));
    }

    private RequestRecord failure(int n, Phase phase, long due, long sent, long first) {
        boolean late = n % 5 == 0;
        return new RequestRecord(
                n,
                phase,
                late ? Outcome.TIMEOUT_FIRST_TOKEN : Outcome.HTTP_5XX,
                new RequestRecord.Times(
                        due,
                        sent,
                        late ? RequestRecord.ABSENT : sent + 3 * MS,
                        RequestRecord.ABSENT,
                        RequestRecord.ABSENT,
                        RequestRecord.ABSENT,
                        late ? first + 2_000 * MS : sent + 4 * MS,
                        0),
                new RequestRecord.Tokens(-1, -1, -1, -1, 1, false, 0, 0, 0),
                late ? -1 : 503,
                "",
                late ? "no token within 2 s" : "HTTP 503: <b>overloaded</b>, try again in " + n % 7 + " s",
                1_000_000L + n,
                RequestRecord.UNKNOWN,
                new RequestRecord.Flags(true, false, false, false, 0, false));
    }

    private static void arrivals(LoopRecorder recorder, RequestRecord record) {
        int arrivals = record.tokens().arrivals();
        if (arrivals < 1) {
            return;
        }
        long first = record.times().firstToken();
        long span = record.times().lastToken() - first;
        long previous = RequestRecord.ABSENT;
        for (int i = 0; i < arrivals; i++) {
            long at = first + span * i / (arrivals - 1);
            recorder.arrival(
                    record.phase(),
                    at,
                    RequestRecord.between(previous, at),
                    record.tokens().events() / arrivals,
                    0);
            previous = at;
        }
    }

    private LoadResult onGpu(LoadResult result) {
        List<GpuSample> samples = new ArrayList<>();
        double watts = Math.min(290, 90 + 4 * level.offered());
        for (long at = begin; at < end(); at += 200 * MS) {
            double busy = at < begin + 1_000 * MS ? 0.4 : 0.96 + 0.03 * random.nextDouble();
            samples.add(new GpuSample(
                    at,
                    "GPU-1",
                    busy,
                    0.4,
                    38.5e9,
                    48.3e9,
                    Math.min(78, 48 + (at - begin) / 1e9 * 0.6),
                    watts * busy + random.nextDouble() * 8,
                    Double.NaN,
                    1740,
                    7251,
                    300,
                    Double.NaN,
                    ""));
        }
        GpuUse use = new GpuUse(
                new GpuDevice(0, "GPU-1", "NVIDIA A40"),
                watts * result.window().seconds(),
                "counter",
                0.005,
                watts,
                75,
                0.98,
                38.5e9,
                66,
                Double.NaN);
        double tokens = result.throughput().value();
        return Measurement.from(result)
                .gpu(Optional.of(new GpuMeasurement("nvml", List.of(use), samples)))
                .quantity(Quantity.of(Metric.MFU, Math.min(0.3, 0.02 + 0.0016 * level.offered())))
                .quantity(Quantity.of(Metric.POWER, watts))
                .quantity(Quantity.of(Metric.TOKENS_PER_JOULE, tokens / watts))
                .quantity(Quantity.of(Metric.COST_PER_MILLION, 1.1 / 3600 / tokens * 1e6))
                .check(new ValidityCheck("telemetry is whole", ValidityCheck.Status.OK, "nvml every 200 ms", Map.of()))
                .build();
    }
}
