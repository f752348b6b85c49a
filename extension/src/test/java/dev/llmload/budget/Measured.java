package dev.llmload.budget;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A level that came to what the test says. Latencies are given in milliseconds. */
public final class Measured {
    private final long succeeded;
    private final long failed;
    private final long cut;
    private int users = 100;
    private double tpotBound;
    private double hiddenFactor = 1;
    private long unsent;
    private final Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
    private final Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);
    private final Map<Metric, Distribution> best = new EnumMap<>(Metric.class);
    private double clientShare;
    private long promptTokens;
    private long cachedTokens;
    private final List<ValidityCheck> checks = new ArrayList<>();

    private Measured(long succeeded, long failed, long cut) {
        this.succeeded = succeeded;
        this.failed = failed;
        this.cut = cut;
    }

    public static Measured requests(long succeeded, long failed, long cut) {
        return new Measured(succeeded, failed, cut);
    }

    /** As many successes as there are values. */
    public static Measured latency(Metric metric, double... millis) {
        return requests(millis.length, 0, 0).with(metric, millis);
    }

    /** Whole milliseconds from first to last. */
    public static double[] upTo(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToDouble(i -> i).toArray();
    }

    /** So many values below 1 s, then so many above 2 s. */
    static double[] split(int low, int high) {
        return DoubleStream.concat(
                        IntStream.range(0, low).mapToDouble(i -> 1 + i),
                        IntStream.range(0, high).mapToDouble(i -> 2000 + i))
                .toArray();
    }

    public Measured with(Metric metric, double... values) {
        double scale = metric.kind() == Metric.Kind.LATENCY ? 1e6 : 1;
        return with(
                metric, Values.of(DoubleStream.of(values).map(v -> v * scale).toArray(), failed));
    }

    public Measured with(Metric metric, Distribution distribution) {
        distributions.put(metric, distribution);
        return this;
    }

    public Measured with(Metric metric, Quantity quantity) {
        quantities.put(metric, quantity);
        return this;
    }

    /** Prompt tokens of which the server said how many were cached. */
    Measured cached(long cached, long prompt) {
        cachedTokens = cached;
        promptTokens = prompt;
        return value(Metric.CACHED_SHARE, (double) cached / prompt);
    }

    public Measured value(Metric metric, double value) {
        return with(metric, Quantity.of(metric, value));
    }

    Measured tpotBound(double bound) {
        tpotBound = bound;
        return this;
    }

    Measured hiddenFactor(double factor) {
        hiddenFactor = factor;
        return this;
    }

    /** So many of the failures never left this machine. */
    Measured unsent(long count) {
        unsent = count;
        return this;
    }

    Measured users(int concurrency) {
        users = concurrency;
        return this;
    }

    Measured broken(String check, String detail, Metric metric, Bias bias) {
        return check(check, ValidityCheck.Status.BROKEN, detail, metric, bias);
    }

    /** What values would be without all that the client may have added. */
    Measured best(Metric metric, double... values) {
        double scale = metric.kind() == Metric.Kind.LATENCY ? 1e6 : 1;
        best.put(metric, Values.of(DoubleStream.of(values).map(v -> v * scale).toArray(), failed));
        return this;
    }

    /** So much of its users' time may be the client's own. */
    Measured clientShare(double share) {
        clientShare = share;
        return this;
    }

    Measured check(String check, ValidityCheck.Status status, String detail, Metric metric, Bias bias) {
        checks.add(new ValidityCheck(check, status, detail, Map.of(metric, bias)));
        return this;
    }

    private Map<Outcome, Long> failures() {
        Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
        if (failed > unsent) {
            failures.put(Outcome.HTTP_5XX, failed - unsent);
        }
        if (unsent > 0) {
            failures.put(Outcome.CLIENT_LIMIT, unsent);
        }
        return failures;
    }

    public LoadResult result() {
        return Measurement.of(
                        new Subject("com.acme.ChatTest#chat", "http://localhost:1/v1/chat/completions", "m", false),
                        Level.users(users))
                .window(new Window(Window.Kind.STEADY, 0, 40_000_000_000L, Duration.ofSeconds(41), "requests sent"))
                .requests(
                        new RequestCounts(succeeded + failed + cut, succeeded, cut, 0, failures(), Map.of(), Map.of()))
                .tokens(new TokenCounts(
                        promptTokens, cachedTokens, 0, succeeded, true, false, 1, 0, tpotBound, hiddenFactor))
                .inFlightMean(users)
                .distributions(distributions)
                .quantities(quantities)
                .checks(checks)
                .error(new MeasurementError(best, Map.of(), clientShare, Optional.empty()))
                .build();
    }

    BudgetOutcome judge(String budget) {
        return judge(budget, 0);
    }

    BudgetOutcome judge(String budget, double confidence) {
        return Judge.judge(result(), List.of(BudgetParser.parse(budget, "method", List.of(), confidence)))
                .outcomes()
                .get(0);
    }

    LevelVerdict judgeAll(String budgets) {
        return Judge.judge(result(), BudgetParser.parseList(budgets, "method"));
    }
}
