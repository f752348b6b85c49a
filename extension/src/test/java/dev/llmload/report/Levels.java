package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Judged levels made by hand, for the tests of everything that shows them. */
public final class Levels {
    private final int users;
    private double rate;
    private String test = "com.acme.ChatReleaseTest#chat";
    private long succeeded = 485;
    private final Map<Outcome, Long> failures = new TreeMap<>();
    private final Map<Integer, Long> status = new TreeMap<>();
    private long cut;
    private double ttftMillis = 800;
    private double tpotMillis = 20;
    private double spread = 0.35;
    private boolean tpot = true;
    private boolean simulated;
    private double throughput = 1457.8;
    private final List<TimelinePoint> timeline = new ArrayList<>();
    private final Map<Metric, Quantity> more = new EnumMap<>(Metric.class);
    private boolean everyDistribution;
    private long promptTokens = 25_210;
    private long outputTokens = 56_745;
    private Duration length = Duration.ofMillis(40_100);
    private Window.Kind window = Window.Kind.STEADY;
    private final List<BudgetOutcome> outcomes = new ArrayList<>();
    private final List<ValidityCheck> checks = new ArrayList<>(List.of(new ValidityCheck(
            "client keeps up", ValidityCheck.Status.OK, "loop delay p99 0.9 ms, utilisation 12 %", Map.of())));
    private final List<String> notes = new ArrayList<>();
    private Optional<Sentinel> sentinel = lateBy(600);

    private Levels(int users) {
        this.users = users;
    }

    /** A level of so many users. */
    public static Levels users(int users) {
        return new Levels(users);
    }

    /** A level of so many requests per second. */
    public static Levels perSecond(double rate) {
        Levels levels = new Levels((int) Math.ceil(rate));
        levels.rate = rate;
        return levels;
    }

    /** The failing level of the documents: 500 requests, 15 of them failed. */
    public static Levels hundredUsers() {
        return users(100)
                .failed(Outcome.HTTP_5XX, 12, 503)
                .failed(Outcome.TIMEOUT_FIRST_TOKEN, 3, 0)
                .outcome("ttft p95 < 1500 ms", Verdict.FAIL, 1620.0, new double[] {1571, 1702}, "")
                .outcome("success_rate >= 99 %", Verdict.FAIL, 97.0, null, "")
                .outcome("mfu >= 12 %", Verdict.PASS, 15.6, null, "");
    }

    /** How many succeeded. */
    public Levels succeeded(long count) {
        succeeded = count;
        return this;
    }

    /** How many failed in which way. */
    public Levels failed(Outcome kind, long count, int code) {
        failures.put(kind, count);
        if (code > 0) {
            status.put(code, count);
        }
        return this;
    }

    /** So many microseconds were 99 % of the sentinel's tokens read late at most; 600 unless this is said. */
    public Levels sentinel(long p99Micros) {
        sentinel = lateBy(p99Micros);
        return this;
    }

    /** Without a sentinel. */
    public Levels withoutSentinel() {
        sentinel = Optional.empty();
        return this;
    }

    private static Optional<Sentinel> lateBy(long p99Micros) {
        return Optional.of(new Sentinel(240, 90_000, 300_000, 1_000 * p99Micros, 2_000 * p99Micros));
    }

    /** How many were cut off. */
    public Levels cut(long count) {
        cut = count;
        return this;
    }

    /** Medians of the latencies and how far they spread. */
    public Levels latency(double medianTtftMillis, double medianTpotMillis, double sigma) {
        ttftMillis = medianTtftMillis;
        tpotMillis = medianTpotMillis;
        spread = sigma;
        return this;
    }

    /** Without a TPOT. */
    public Levels withoutTpot() {
        tpot = false;
        return this;
    }

    /** Output tokens in each second of the level, from its first. */
    public Levels seconds(double... tokensPerSecond) {
        timeline.clear();
        for (int i = 0; i < tokensPerSecond.length; i++) {
            timeline.add(point(i, tokensPerSecond[i], 0));
        }
        return this;
    }

    /** Failures in each second of the level, from its first. */
    public Levels failing(long... failures) {
        timeline.clear();
        for (int i = 0; i < failures.length; i++) {
            timeline.add(point(i, throughput, failures[i]));
        }
        return this;
    }

    /** A metric that was not measured, and why. */
    public Levels absent(Metric metric, String reason) {
        more.put(metric, Quantity.absent(metric, reason));
        return this;
    }

    /** A validity check with what it moves. */
    public Levels checked(ValidityCheck check) {
        checks.add(check);
        return this;
    }

    private TimelinePoint point(int second, double tokensPerSecond, long failures) {
        return new TimelinePoint(
                second * 1_000_000_000L,
                1_000_000_000L,
                tokensPerSecond,
                users,
                failures,
                ttftMillis * 1e6,
                ttftMillis * 2e6);
    }

    /** A metric that is one number, in base units. */
    public Levels quantity(Metric metric, double value) {
        more.put(metric, Quantity.of(metric, value));
        return this;
    }

    /** Every metric that one level can have: numbers of 0.5, distributions of 1 to 100 in the unit that readers see. */
    public Levels everyMetric() {
        Metric.numbers().forEach(metric -> quantity(metric, 0.5));
        everyDistribution = true;
        return this;
    }

    /** Tokens of the successes. */
    public Levels tokens(long prompt, long output) {
        promptTokens = prompt;
        outputTokens = output;
        return this;
    }

    /** From the first request to the last. */
    public Levels lasting(Duration wholeRun) {
        length = wholeRun;
        return this;
    }

    /** Output tokens per second. */
    public Levels throughput(double tokensPerSecond) {
        throughput = tokensPerSecond;
        return this;
    }

    /** Of another test. */
    public Levels of(String id) {
        test = id;
        return this;
    }

    /** Answered by the simulator. */
    public Levels simulated() {
        simulated = true;
        return this;
    }

    /** Too short for a steady window. */
    public Levels wholeRun() {
        window = Window.Kind.WHOLE_RUN;
        return this;
    }

    /** A note for the reader. */
    public Levels note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** What the check of the client says. */
    public Levels client(ValidityCheck.Status answer, String detail) {
        checks.set(0, new ValidityCheck("client keeps up", answer, detail, Map.of(Metric.TTFT, Bias.UP)));
        return this;
    }

    /** A validity check. */
    public Levels check(String name, ValidityCheck.Status answer, String detail) {
        checks.add(new ValidityCheck(name, answer, detail, Map.of(Metric.TTFT, Bias.UP)));
        return this;
    }

    /** A judged budget; NaN is no value. */
    public Levels outcome(String text, Verdict verdict, double actual, double[] interval, String reason) {
        return outcome(text, "method", verdict, actual, interval, reason, Double.NaN);
    }

    /** A judged budget with all its parts; NaN is no value. */
    public Levels outcome(
            String text, String source, Verdict verdict, double actual, double[] interval, String reason, double good) {
        BudgetRule budget = BudgetParser.parse(text, source, List.of(), 0);
        outcomes.add(
                new BudgetOutcome(budget, verdict, some(actual), Optional.ofNullable(interval), reason, some(good)));
        return this;
    }

    /** A latency budget in ms on a percentile, with the value that the level really has. */
    public Levels measured(String text) {
        BudgetRule budget = BudgetParser.parse(text, "method", List.of(), 0);
        Distribution values = result().distribution(budget.metric());
        double p = budget.statistic().percentile();
        OptionalDouble actual = values.percentileFailuresAbove(p);
        boolean holds = actual.isPresent() && actual.getAsDouble() / 1e6 < budget.limit();
        return outcome(
                text,
                "method",
                holds ? Verdict.PASS : Verdict.FAIL,
                actual.isPresent() ? actual.getAsDouble() / 1e6 : Double.NaN,
                null,
                "",
                values.failed() > 0 ? values.percentile(p) / 1e6 : Double.NaN);
    }

    private static OptionalDouble some(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The judged level. */
    public LevelVerdict judged() {
        Verdict verdict = outcomes.stream().map(BudgetOutcome::verdict).reduce(Verdict.PASS, Verdict::and);
        return new LevelVerdict(result(), outcomes, verdict);
    }

    /** What was measured. */
    public LoadResult result() {
        Random random = new Random(users);
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        double[] ttft = new double[(int) succeeded];
        double[] each = new double[ttft.length];
        double[] e2e = new double[ttft.length];
        double[] speed = new double[ttft.length];
        for (int i = 0; i < ttft.length; i++) {
            ttft[i] = Math.rint(ttftMillis * 1e6 * StrictMath.exp(spread * random.nextGaussian()));
            each[i] = Math.rint(tpotMillis * 1e6 * StrictMath.exp(0.1 * random.nextGaussian()));
            e2e[i] = ttft[i] + each[i] * (64 + random.nextInt(128));
            speed[i] = 1e9 / each[i];
        }
        Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
        double waiting = rate > 0 ? 1.5 : 1;
        double queue = rate > 0 ? 1.2 : 1;
        distributions.put(
                Metric.TTFT, Values.of(Arrays.stream(ttft).map(v -> v * waiting).toArray(), failed));
        distributions.put(
                Metric.E2E, Values.of(Arrays.stream(e2e).map(v -> v * queue).toArray(), failed));
        distributions.put(Metric.SERVICE_TTFT, Values.of(ttft, failed));
        distributions.put(Metric.SERVICE_E2E, Values.of(e2e, failed));
        if (tpot) {
            distributions.put(Metric.TPOT, Values.of(each, failed));
            distributions.put(Metric.ITL, Values.of(each, 0));
            distributions.put(Metric.OUTPUT_SPEED, Values.of(speed, failed));
            distributions.put(Metric.REQUEST_SPEED, Values.of(speed, failed));
        }
        for (Metric metric : everyDistribution ? Metric.distributions() : List.<Metric>of()) {
            double unit = 1 / metric.kind().inUnit(1);
            double[] values =
                    IntStream.rangeClosed(1, 100).mapToDouble(i -> i * unit).toArray();
            distributions.put(metric, Values.of(values, 0));
        }
        long attempted = succeeded + failed + cut;
        Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);
        if (succeeded > 0) {
            quantities.put(Metric.THROUGHPUT, Quantity.of(Metric.THROUGHPUT, throughput));
            quantities.put(Metric.TOTAL_THROUGHPUT, Quantity.of(Metric.TOTAL_THROUGHPUT, throughput * 1.5));
            quantities.put(Metric.REQUEST_RATE, Quantity.of(Metric.REQUEST_RATE, 12.1));
        } else {
            quantities.put(Metric.THROUGHPUT, Quantity.absent(Metric.THROUGHPUT, "no request succeeded"));
        }
        if (attempted > 0) {
            quantities.put(Metric.SUCCESS_RATE, Quantity.of(Metric.SUCCESS_RATE, (double) succeeded / attempted));
        }
        quantities.putAll(more);
        return Measurement.of(
                        new Subject(test, "http://gpu-host:8000/v1/chat/completions", "llama-3-8b", simulated),
                        rate > 0 ? Level.requestsPerSecond(rate) : Level.users(users))
                .window(new Window(window, 1_900_000_000L, length.toNanos(), length, "500 requests sent"))
                .requests(
                        new RequestCounts(attempted, succeeded, cut, 0, failures, status, Map.of("length", succeeded)))
                .tokens(new TokenCounts(promptTokens, 0, outputTokens, succeeded, true, false, 1.0, 0.0, 0, 1))
                .inFlightMean(users * 0.987)
                .distributions(distributions)
                .quantities(quantities)
                .checks(checks)
                .error(new MeasurementError(Map.of(), Map.of(), 0, sentinel))
                .timeline(timeline.isEmpty() ? List.of(point(0, throughput, 0)) : timeline)
                .notes(notes)
                .build();
    }
}
