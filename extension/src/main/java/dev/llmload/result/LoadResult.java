package dev.llmload.result;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one level of a load test came to; injected into the test by type. Immutable and safe for use by any thread.
 *
 * <p>It reads like the metric names: {@code result.ttft().p95()} is a {@link java.time.Duration}. A metric that may be
 * absent says so ({@code isPresent()}); reading it then throws {@link AbsentMetricException} with the reason. Nothing
 * is ever null, and nothing absent is ever 0.
 */
public final class LoadResult {
    private final Subject subject;
    private final Level level;
    private final Window window;
    private final RequestCounts requests;
    private final TokenCounts tokens;
    private final double inFlightMean;
    private final Map<Metric, Distribution> distributions;
    private final Map<Metric, Quantity> quantities;
    private final List<ValidityCheck> validity;
    private final List<TimelinePoint> timeline;
    private final List<String> notes;
    private final Optional<GpuMeasurement> gpu;
    private final String aborted;

    /**
     * From its parts; copies the collections.
     *
     * @param subject whose level it is
     * @param level which level
     * @param window where the numbers come from
     * @param requests what became of the requests
     * @param tokens what the usage said
     * @param inFlightMean time-weighted mean of the requests in flight in the window
     * @param distributions by metric; a metric that is not in it is absent
     * @param quantities by metric; a metric that is not in it is absent
     * @param validity what the level says about its own measurement
     * @param timeline stretch by stretch
     * @param notes what a reader should know, one sentence each
     */
    public LoadResult(
            Subject subject,
            Level level,
            Window window,
            RequestCounts requests,
            TokenCounts tokens,
            double inFlightMean,
            Map<Metric, Distribution> distributions,
            Map<Metric, Quantity> quantities,
            List<ValidityCheck> validity,
            List<TimelinePoint> timeline,
            List<String> notes) {
        this.subject = subject;
        this.level = level;
        this.window = window;
        this.requests = requests;
        this.tokens = tokens;
        this.inFlightMean = inFlightMean;
        this.distributions = copy(distributions);
        this.quantities = copy(quantities);
        this.validity = List.copyOf(validity);
        this.timeline = List.copyOf(timeline);
        this.notes = List.copyOf(notes);
        this.gpu = Optional.empty();
        this.aborted = "";
    }

    private LoadResult(
            LoadResult base,
            Map<Metric, Quantity> quantities,
            List<ValidityCheck> validity,
            List<String> notes,
            Optional<GpuMeasurement> gpu,
            String aborted) {
        this.subject = base.subject;
        this.level = base.level;
        this.window = base.window;
        this.requests = base.requests;
        this.tokens = base.tokens;
        this.inFlightMean = base.inFlightMean;
        this.distributions = base.distributions;
        this.quantities = copy(quantities);
        this.validity = List.copyOf(validity);
        this.timeline = base.timeline;
        this.notes = List.copyOf(notes);
        this.gpu = gpu;
        this.aborted = aborted;
    }

    /**
     * This result with what was found out after the load.
     *
     * @param telemetry what the GPUs did meanwhile, if anybody watched them
     * @param more quantities; each replaces what is known of its metric
     * @param check takes the place of the one of its name, or comes last
     * @param moreNotes what a reader should know besides, one sentence each
     */
    public LoadResult with(
            Optional<GpuMeasurement> telemetry,
            Map<Metric, Quantity> more,
            ValidityCheck check,
            List<String> moreNotes) {
        Map<Metric, Quantity> all = copy(quantities);
        all.putAll(more);
        Map<String, ValidityCheck> byName = new LinkedHashMap<>();
        validity.forEach(each -> byName.put(each.check(), each));
        byName.put(check.check(), check);
        return new LoadResult(this, all, List.copyOf(byName.values()), joined(moreNotes), telemetry, aborted);
    }

    /** This result with more quantities; each replaces what is known of its metric. */
    public LoadResult with(Map<Metric, Quantity> more) {
        Map<Metric, Quantity> all = copy(quantities);
        all.putAll(more);
        return new LoadResult(this, all, validity, notes, gpu, aborted);
    }

    /** This result with more that a reader should know, one sentence each. */
    public LoadResult withNotes(List<String> more) {
        return new LoadResult(this, quantities, validity, joined(more), gpu, aborted);
    }

    /**
     * This result of a level that stopped sending before its end, because it was a lost cause; a note says so.
     *
     * @param reason what was seen, and what it was held against
     */
    public LoadResult aborted(String reason) {
        return new LoadResult(this, quantities, validity, joined(List.of("aborted: " + reason)), gpu, reason);
    }

    private List<String> joined(List<String> more) {
        return Stream.concat(notes.stream(), more.stream()).toList();
    }

    private static <V> Map<Metric, V> copy(Map<Metric, V> map) {
        EnumMap<Metric, V> copy = new EnumMap<>(Metric.class);
        copy.putAll(map);
        return copy;
    }

    /** Whose level this is: test, endpoint, model. */
    public Subject subject() {
        return subject;
    }

    /** Which level this is. */
    public Level level() {
        return level;
    }

    /** Where the numbers come from. */
    public Window window() {
        return window;
    }

    /** What became of the requests. */
    public RequestCounts requests() {
        return requests;
    }

    /** What the server's usage said. */
    public TokenCounts tokens() {
        return tokens;
    }

    /** Why the level stopped sending before its end; empty if it did not. */
    public Optional<String> aborted() {
        return aborted.isEmpty() ? Optional.empty() : Optional.of(aborted);
    }

    /** Time-weighted mean of the requests in flight in the window. */
    public double inFlightMean() {
        return inFlightMean;
    }

    /** What the level says about its own measurement. */
    public List<ValidityCheck> validity() {
        return validity;
    }

    /** Stretch by stretch, each of at most 250 ms up to an hour, from the first request sent. */
    public List<TimelinePoint> timeline() {
        return timeline;
    }

    /** What a reader should know, one sentence each. */
    public List<String> notes() {
        return notes;
    }

    /** What the GPUs did meanwhile; empty if nobody watched them. */
    public Optional<GpuMeasurement> gpu() {
        return gpu;
    }

    /** First token event − sent; in open loop − the scheduled instant. */
    public Latency ttft() {
        return latency(Metric.TTFT);
    }

    /** First token event that is not reasoning − sent; in open loop − the scheduled instant. */
    public Latency ttfo() {
        return latency(Metric.TTFO);
    }

    /** Response head − sent. Not TTFT. */
    public Latency ttfb() {
        return latency(Metric.TTFB);
    }

    /** DNS + TCP + TLS of the connection used; 0 on reuse. */
    public Latency connect() {
        return latency(Metric.CONNECT);
    }

    /** Time per output token after the first, per request; absent where no answer has more than one token. */
    public Latency tpot() {
        return latency(Metric.TPOT);
    }

    /** Gap between consecutive arrivals of one request, pooled: the stall detector, not TPOT. */
    public Latency itl() {
        return latency(Metric.ITL);
    }

    /** Last token event − sent; in open loop − the scheduled instant. */
    public Latency e2e() {
        return latency(Metric.E2E);
    }

    /** Closed − last token event. */
    public Latency streamClose() {
        return latency(Metric.STREAM_CLOSE);
    }

    /** Sent − scheduled. */
    public Latency dispatchDelay() {
        return latency(Metric.DISPATCH_DELAY);
    }

    /** First token event − sent, whatever the loop: what the endpoint did. */
    public Latency serviceTtft() {
        return latency(Metric.SERVICE_TTFT);
    }

    /** First token event that is not reasoning − sent, whatever the loop. */
    public Latency serviceTtfo() {
        return latency(Metric.SERVICE_TTFO);
    }

    /** Last token event − sent, whatever the loop. */
    public Latency serviceE2e() {
        return latency(Metric.SERVICE_E2E);
    }

    /** service_ttft / prompt tokens that were not cached, per request; absent where their number is not known. */
    public Latency ttftPerPromptToken() {
        return latency(Metric.TTFT_PER_PROMPT_TOKEN);
    }

    /** Output tokens / service_e2e, per request. */
    public Speed requestSpeed() {
        return new Speed(Metric.REQUEST_SPEED, distribution(Metric.REQUEST_SPEED));
    }

    /** 1 / tpot, per request. */
    public Speed outputSpeed() {
        return new Speed(Metric.OUTPUT_SPEED, distribution(Metric.OUTPUT_SPEED));
    }

    /** Successful / attempted, a fraction. */
    public Quantity successRate() {
        return quantity(Metric.SUCCESS_RATE);
    }

    /** Output tokens per second in the window, successes only. */
    public Quantity throughput() {
        return quantity(Metric.THROUGHPUT);
    }

    /** Throughput plus uncached prompt tokens per second. */
    public Quantity totalThroughput() {
        return quantity(Metric.TOTAL_THROUGHPUT);
    }

    /** Completed successes per second of the window. */
    public Quantity requestRate() {
        return quantity(Metric.REQUEST_RATE);
    }

    /** Model FLOPs utilisation, a fraction. */
    public Quantity mfu() {
        return quantity(Metric.MFU);
    }

    /** Output tokens only, twice the parameters each, by the peak: a fraction. */
    public Quantity decodeMfu() {
        return quantity(Metric.DECODE_MFU);
    }

    /** Memory bandwidth utilisation while decoding, a fraction. */
    public Quantity mbu() {
        return quantity(Metric.MBU);
    }

    /** Mean power of the GPUs in the window, W. */
    public Quantity power() {
        return quantity(Metric.POWER);
    }

    /** Energy of the GPUs in the window, J. */
    public Quantity energy() {
        return quantity(Metric.ENERGY);
    }

    /** Energy of an output token, J. */
    public Quantity joulesPerToken() {
        return quantity(Metric.JOULES_PER_TOKEN);
    }

    /** Output tokens of a joule. */
    public Quantity tokensPerJoule() {
        return quantity(Metric.TOKENS_PER_JOULE);
    }

    /** Share of time in which at least one kernel ran, a fraction; not compute utilisation. */
    public Quantity gpuUtil() {
        return quantity(Metric.GPU_UTIL);
    }

    /** Highest memory in use of any GPU, GB. */
    public Quantity gpuMemory() {
        return quantity(Metric.GPU_MEMORY);
    }

    /** Highest temperature of any GPU, °C. */
    public Quantity gpuTemperature() {
        return quantity(Metric.GPU_TEMPERATURE);
    }

    /** Sent / target rate of an open loop, a fraction. */
    public Quantity achievedRate() {
        return quantity(Metric.ACHIEVED_RATE);
    }

    /** What a million tokens, input and output, cost, $. */
    public Quantity costPerMillion() {
        return quantity(Metric.COST_PER_MILLION);
    }

    /** What a million tokens cost, $, where only those of good answers count. */
    public Quantity costPerMillionGood() {
        return quantity(Metric.COST_PER_MILLION_GOOD);
    }

    /** Good answers per second: they succeeded and met every objective of {@code good}. */
    public Quantity goodput() {
        return quantity(Metric.GOODPUT);
    }

    /** Good / attempted, a fraction. */
    public Quantity goodFraction() {
        return quantity(Metric.GOOD_FRACTION);
    }

    /** A latency by its metric. */
    public Latency latency(Metric metric) {
        if (metric.kind() != Metric.Kind.LATENCY) {
            throw new IllegalArgumentException(metric.word() + " is not a latency");
        }
        return new Latency(metric, distribution(metric));
    }

    /** The distribution behind a latency (nanoseconds) or a speed (tok/s). */
    public Distribution distribution(Metric metric) {
        if (!metric.isDistribution()) {
            throw new IllegalArgumentException(metric.word() + " is one number, not a distribution");
        }
        Distribution known = distributions.get(metric);
        return known != null ? known : Distribution.absent("this run does not measure it");
    }

    /** A metric that is one number, in base units: fractions for ratios, tok/s, req/s, W, J. */
    public Quantity quantity(Metric metric) {
        if (metric.isDistribution()) {
            throw new IllegalArgumentException(metric.word() + " is a distribution, not one number");
        }
        Quantity known = quantities.get(metric);
        return known != null ? known : Quantity.absent(metric, "this run does not measure it");
    }

    @Override
    public String toString() {
        return subject.test() + " @ " + level.name() + ": " + requests.succeeded() + "/" + requests.attempted()
                + " successful";
    }
}
