package dev.llmload.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of the field, and the one registry of metrics. Every number that is printed, judged or written to a file
 * carries one of these names and means exactly what is said here. What is known of a metric, that is its unit, scale and
 * direction, its names in files and whether it needs a source, stands here and nowhere else: all writers iterate over it.
 */
public enum Metric {
    /** First token event − sent; in open loop − the scheduled instant: what the user feels. */
    TTFT("ttft", Kind.LATENCY, true, "First token event - sent; in open loop - the scheduled instant."),
    /** First token event that is not reasoning − sent; in open loop − the scheduled instant. */
    TTFO(
            "ttfo",
            Kind.LATENCY,
            true,
            "First token event that is not reasoning - sent; in open loop - the scheduled instant."),
    /** Last token event − sent; in open loop − the scheduled instant. */
    E2E("e2e", Kind.LATENCY, true, "Last token event - sent; in open loop - the scheduled instant."),
    /** First token event − sent, whatever the loop: what the endpoint did. */
    SERVICE_TTFT("service_ttft", Kind.LATENCY, true, "First token event - sent."),
    /** First token event that is not reasoning − sent, whatever the loop. */
    SERVICE_TTFO("service_ttfo", Kind.LATENCY, true, "First token event that is not reasoning - sent."),
    /** Last token event − sent, whatever the loop. */
    SERVICE_E2E("service_e2e", Kind.LATENCY, true, "Last token event - sent."),
    /** Response head − sent; not TTFT: some servers answer the head while the request still queues. */
    TTFB("ttfb", Kind.LATENCY, true, "Response head - sent; not TTFT."),
    /** DNS + TCP + TLS of the connection used; 0 on reuse. */
    CONNECT("connect", Kind.LATENCY, true, "DNS + TCP + TLS of the connection used; 0 on reuse."),
    /** (last − first token event) / (streamed tokens − tokens of the first event), per request. */
    TPOT("tpot", Kind.LATENCY, true, "Time per output token after the first, per request."),
    /** Gap between consecutive arrivals of one request, pooled over requests. */
    ITL("itl", Kind.LATENCY, true, "Gap between arrivals, pooled over requests."),
    /** Closed − last token event. */
    STREAM_CLOSE("stream_close", Kind.LATENCY, true, "Response ended - last token event."),
    /** Sent − scheduled: how far the client itself was behind. */
    DISPATCH_DELAY("dispatch_delay", Kind.LATENCY, true, "Sent - scheduled: how far the client was behind."),
    /** Output tokens / service_e2e, per request; includes TTFT. */
    REQUEST_SPEED("request_speed", Kind.SPEED, false, "Output tokens / service_e2e, per request."),
    /** 1 / tpot, per request: what a reader sees after the first token. */
    OUTPUT_SPEED("output_speed", Kind.SPEED, false, "1 / tpot, per request."),
    /** Successful / attempted. */
    SUCCESS_RATE("success_rate", Kind.RATIO, false, "Successful / attempted.", "success_ratio"),
    /** Share of attempted requests that succeeded and met every per-request objective. */
    GOOD_FRACTION("good_fraction", Kind.RATIO, false, "Good / attempted.", "good_ratio", Trait.NEEDS_SOURCE),
    /** Model FLOPs utilisation. */
    MFU("mfu", Kind.RATIO, false, "Model FLOPs / dense peak of the GPUs.", Trait.NEEDS_SOURCE),
    /** 2·N·throughput / peak: output tokens only. */
    DECODE_MFU("decode_mfu", Kind.RATIO, false, "2 N per output token / dense peak.", Trait.NEEDS_SOURCE),
    /** Memory bandwidth utilisation. */
    MBU("mbu", Kind.RATIO, false, "Bytes read by the decode steps / memory bandwidth.", Trait.NEEDS_SOURCE),
    /** Share of time in which at least one kernel ran; not compute utilisation. */
    GPU_UTIL(
            "gpu_util",
            Kind.RATIO,
            false,
            "Share of time in which any kernel ran; not compute utilisation.",
            "gpu_utilization_ratio",
            Trait.NEEDS_SOURCE),
    /** Throughput per user relative to the first level. */
    SCALING_EFFICIENCY(
            "scaling_efficiency",
            Kind.RATIO,
            false,
            "Throughput per user relative to the first level.",
            Trait.OF_SWEEP),
    /** Output tokens per second in the window, successes only. */
    THROUGHPUT("throughput", Kind.TOKEN_RATE, false, "Output tokens of successes, per second."),
    /** Throughput plus uncached prompt tokens per second. */
    TOTAL_THROUGHPUT("total_throughput", Kind.TOKEN_RATE, false, "The same with uncached prompt tokens."),
    /** Completed successes / window. */
    REQUEST_RATE(
            "request_rate",
            Kind.REQUEST_RATE,
            false,
            "Completed successes per second of the window.",
            "requests_per_second"),
    /** Sent / target, of an open loop. No word of the budget grammar. */
    ACHIEVED_RATE("achieved_rate", Kind.RATIO, false, "Sent / target rate of an open loop.", Trait.NO_BUDGET),
    /** Good requests per second. */
    GOODPUT("goodput", Kind.REQUEST_RATE, false, "Good requests per second of the window.", Trait.NEEDS_SOURCE),
    /** Input and output tokens per second of good answers. No word of the budget grammar. */
    TOKEN_GOODPUT(
            "token_goodput",
            Kind.TOKEN_RATE,
            false,
            "Input and output tokens of good answers, per second.",
            Trait.NEEDS_SOURCE,
            Trait.NO_BUDGET),
    /** The highest level at which all budgets hold. */
    CAPACITY("capacity", Kind.CAPACITY, false, "The highest level at which all budgets hold.", Trait.OF_SWEEP),
    /** Mean power. */
    POWER("power", Kind.POWER, true, "Mean power of all GPUs in the window.", Trait.NEEDS_SOURCE),
    /** Energy of the window. */
    ENERGY("energy", Kind.ENERGY, true, "Energy of all GPUs in the window.", Trait.NEEDS_SOURCE),
    /** Energy / output tokens. */
    JOULES_PER_TOKEN(
            "joules_per_token",
            Kind.JOULES_PER_TOKEN,
            true,
            "Energy / output tokens.",
            "joules_per_token",
            Trait.NEEDS_SOURCE),
    /** Output tokens / energy. */
    TOKENS_PER_JOULE(
            "tokens_per_joule",
            Kind.TOKENS_PER_JOULE,
            false,
            "Output tokens / energy.",
            "tokens_per_joule",
            Trait.NEEDS_SOURCE),
    /** Highest memory in use. */
    GPU_MEMORY("gpu_memory", Kind.MEMORY, true, "Highest memory in use of any GPU.", Trait.NEEDS_SOURCE),
    /** Highest temperature. */
    GPU_TEMPERATURE("gpu_temperature", Kind.TEMPERATURE, true, "Highest of any GPU.", Trait.NEEDS_SOURCE),
    /** Cost of a million tokens. */
    COST_PER_MILLION(
            "cost_per_million",
            Kind.COST,
            true,
            "A million tokens, input and output.",
            "cost_per_million_tokens_dollars",
            Trait.NEEDS_SOURCE),
    /** Cost of a million tokens, where only those of good answers count. */
    COST_PER_MILLION_GOOD(
            "cost_per_million_good",
            Kind.COST,
            true,
            "A million tokens of good answers.",
            "cost_per_million_good_tokens_dollars",
            Trait.NEEDS_SOURCE);

    /** What a metric measures; decides its statistic and its units. Values are kept in the base unit named here. */
    public enum Kind {
        /** A distribution of durations, kept in nanoseconds. */
        LATENCY("ms", 1e6, "_ms", "seconds", 1e9),
        /** A distribution of tokens per second. */
        SPEED("tok/s", 1, "_tok_s", "tokens_per_second", 1),
        /** A fraction of one. */
        RATIO("%", 0.01, "", "ratio", 1),
        /** Tokens per second. */
        TOKEN_RATE("tok/s", 1, "_tok_s", "tokens_per_second", 1),
        /** Requests per second. */
        REQUEST_RATE("req/s", 1, "", "requests_per_second", 1),
        /** Users, or requests per second. */
        CAPACITY("users", 1, "", "", 1),
        /** Watts. */
        POWER("W", 1, "_w", "watts", 1),
        /** Joules. */
        ENERGY("J", 1, "_j", "joules", 1),
        /** Joules per token. */
        JOULES_PER_TOKEN("J", 1, "", "joules_per_token", 1),
        /** Tokens per joule. */
        TOKENS_PER_JOULE("tok/J", 1, "", "tokens_per_joule", 1),
        /** Gigabytes. */
        MEMORY("GB", 1, "_gb", "bytes", 1e-9),
        /** Degrees Celsius. */
        TEMPERATURE("°C", 1, "_c", "celsius", 1),
        /** Money per million tokens. */
        COST("$", 1, "", "dollars", 1);

        private final String unit;
        private final double unitSize;
        private final String fileSuffix;
        private final String prometheusUnit;
        private final double prometheusSize;

        Kind(String unit, double unitSize, String fileSuffix, String prometheusUnit, double prometheusSize) {
            this.unit = unit;
            this.unitSize = unitSize;
            this.fileSuffix = fileSuffix;
            this.prometheusUnit = prometheusUnit;
            this.prometheusSize = prometheusSize;
        }

        /** The unit that readers see: {@code ms}, {@code %}, {@code tok/s}. */
        public String unit() {
            return unit;
        }

        /** A value in the unit that readers see. */
        public double inUnit(double base) {
            // 1 / 0.01 is exact where a product with 100 would not differ, and a quotient by 0.01 would
            return unitSize < 1 ? base * Math.rint(1 / unitSize) : base / unitSize;
        }

        /** A value in the unit of results.json and results.csv: decimals of a ms for durations, fractions for ratios. */
        public double inFile(double base) {
            return this == RATIO ? base : inUnit(base);
        }

        /** Suffix that tells the unit in results.json, results.csv and the history: {@code _ms}; may be empty. */
        public String fileSuffix() {
            return fileSuffix;
        }

        /** The unit in metrics.prom: {@code seconds}, {@code ratio}, {@code bytes}. */
        public String prometheusUnit() {
            return prometheusUnit;
        }

        /** A value in the unit of metrics.prom. */
        public double inPrometheus(double base) {
            return prometheusSize < 1 ? base * Math.rint(1 / prometheusSize) : base / prometheusSize;
        }
    }

    private enum Trait {
        /** It takes telemetry, a price or an objective, which a run may lack. */
        NEEDS_SOURCE,
        /** No budget may be about it. */
        NO_BUDGET,
        /** It compares levels; no single level has it. */
        OF_SWEEP
    }

    private static final List<Metric> DISTRIBUTIONS =
            Arrays.stream(values()).filter(Metric::isDistribution).toList();
    private static final List<Metric> NUMBERS = Arrays.stream(values())
            .filter(metric -> !metric.isDistribution() && !metric.has(Trait.OF_SWEEP))
            .toList();

    private final String word;
    private final Kind kind;
    private final boolean lowerIsBetter;
    private final String meaning;
    private final String prometheus;
    private final List<Trait> traits;

    Metric(String word, Kind kind, boolean lowerIsBetter, String meaning, Trait... traits) {
        this(word, kind, lowerIsBetter, meaning, word + "_" + kind.prometheusUnit, traits);
    }

    Metric(String word, Kind kind, boolean lowerIsBetter, String meaning, String prometheus, Trait... traits) {
        this.word = word;
        this.kind = kind;
        this.lowerIsBetter = lowerIsBetter;
        this.meaning = meaning;
        this.prometheus = prometheus;
        this.traits = List.of(traits);
    }

    /** The word of the budget grammar and of the result files, for example {@code ttft}. */
    public String word() {
        return word;
    }

    /** What it measures. */
    public Kind kind() {
        return kind;
    }

    /** What it is, in one plain sentence of ASCII, as metrics.prom has it. */
    public String meaning() {
        return meaning;
    }

    /** Its key in results.json and results.csv: {@code ttft_ms}, {@code power_w}, {@code success_rate}. */
    public String fileKey() {
        return word + kind.fileSuffix;
    }

    /** Its key there with a statistic between: {@code ttft_p95_ms}. */
    public String fileKey(String statistic) {
        return word + "_" + statistic + kind.fileSuffix;
    }

    /** Name of its family in metrics.prom, which ends with its unit: {@code llmload_ttft_seconds}. */
    public String prometheusName() {
        return "llmload_" + prometheus;
    }

    /** Whether a budget may be about it. */
    public boolean isBudgetable() {
        return !has(Trait.NO_BUDGET);
    }

    /** Whether it takes telemetry, a price or an objective, which a run may lack. All else should always be there. */
    public boolean needsSource() {
        return has(Trait.NEEDS_SOURCE);
    }

    /** Whether smaller values are better. */
    public boolean lowerIsBetter() {
        return lowerIsBetter;
    }

    /** Whether it is a distribution, of which a statistic must be named. */
    public boolean isDistribution() {
        return kind == Kind.LATENCY || kind == Kind.SPEED;
    }

    /** All distributions, in the order in which files have them. */
    public static List<Metric> distributions() {
        return DISTRIBUTIONS;
    }

    /** All that are one number of a level, in the order in which files have them. */
    public static List<Metric> numbers() {
        return NUMBERS;
    }

    /** The metric of that word, whatever the case. */
    public static Optional<Metric> ofWord(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(m -> m.word.equals(wanted)).findFirst();
    }

    private boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
