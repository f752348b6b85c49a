package dev.llmload.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The words of the field, and the one registry of metrics. Every number that is printed, judged or written to a file
 * carries one of these names and means exactly what is said here. What is known of a metric, that is its unit, scale and
 * direction, its names in files, what it needs and how it is printed, stands here and nowhere else: all writers, the budget
 * grammar and the tables of the documentation iterate over it. A new metric is one constant and its computation.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Metric {
    /** First token event − sent; in open loop − the scheduled instant: what the user feels. */
    TTFT("ttft", Kind.LATENCY, "First token event - sent; in open loop - the scheduled instant."),
    /** First token event that is not reasoning − sent; in open loop − the scheduled instant. */
    TTFO("ttfo", Kind.LATENCY, "First token event that is not reasoning - sent; in open loop - the scheduled instant."),
    /** Last token event − sent; in open loop − the scheduled instant. */
    E2E("e2e", Kind.LATENCY, "Last token event - sent; in open loop - the scheduled instant."),
    /** First token event − sent, whatever the loop: what the endpoint did. */
    SERVICE_TTFT(
            "service_ttft", Kind.LATENCY, "First token event - sent, whatever the loop.", facts().serviceFormOf(TTFT)),
    /** First token event that is not reasoning − sent, whatever the loop. */
    SERVICE_TTFO(
            "service_ttfo",
            Kind.LATENCY,
            "First token event that is not reasoning - sent, whatever the loop.",
            facts().serviceFormOf(TTFO)),
    /** Last token event − sent, whatever the loop. */
    SERVICE_E2E("service_e2e", Kind.LATENCY, "Last token event - sent, whatever the loop.", facts().serviceFormOf(E2E)),
    /** service_ttft / prompt tokens that came from no cache, per request: what reading the prompt costs. */
    TTFT_PER_PROMPT_TOKEN(
            "ttft_per_prompt_token",
            Kind.LATENCY,
            "service_ttft / prompt tokens that were not cached, per request.",
            facts().counted().madeOf(SERVICE_TTFT)),
    /** Response head − sent; not TTFT: some servers answer the head while the request still queues. */
    TTFB("ttfb", Kind.LATENCY, "Response head - sent; not TTFT."),
    /** DNS + TCP + TLS of the connection used; 0 on reuse. */
    CONNECT("connect", Kind.LATENCY, "DNS + TCP + TLS of the connection used; 0 on reuse."),
    /** (last − first token event) / (streamed tokens − tokens of the first event), per request. */
    TPOT("tpot", Kind.LATENCY, "Time per output token after the first, per request.", facts().counted()),
    /** Gap between consecutive arrivals of one request, pooled over requests. */
    ITL("itl", Kind.LATENCY, "Gap between arrivals, of all requests together.", facts().pooled()),
    /** Closed − last token event. */
    STREAM_CLOSE("stream_close", Kind.LATENCY, "Response ended - last token event."),
    /** Sent − scheduled: how far the client itself was behind. */
    DISPATCH_DELAY("dispatch_delay", Kind.LATENCY, "Sent - scheduled: how far the client was behind."),
    /** Output tokens / service_e2e, per request; includes TTFT. */
    REQUEST_SPEED("request_speed", Kind.SPEED, "Output tokens / service_e2e, per request.", facts().counted()),
    /** 1 / tpot, per request: what a reader sees after the first token. */
    OUTPUT_SPEED(
            "output_speed",
            Kind.SPEED,
            "1 / tpot, per request; 95 % are at least as fast as its p5.",
            facts().counted()),
    /** Successful / attempted. */
    SUCCESS_RATE("success_rate", Kind.RATIO, "Successful / attempted.", facts().prometheus("success_ratio")),
    /** Share of attempted requests that succeeded and met every per-request objective. */
    GOOD_FRACTION(
            "good_fraction",
            Kind.RATIO,
            "Good / (attempted - cut).",
            facts().needs(Source.OBJECTIVE).prometheus("good_ratio")),
    /** Cached prompt tokens / prompt tokens of the successes, as the server's usage counts both. */
    CACHED_SHARE(
            "cached_share",
            Kind.RATIO,
            "Prompt tokens that came from the server's cache / prompt tokens.",
            facts().needs(Source.CACHE).prometheus("cached_prompt_tokens_ratio")),
    /** Model FLOPs utilisation. */
    MFU("mfu", Kind.RATIO, "Model FLOPs / dense peak of the GPUs.", efficiency().needs(Source.MODEL)),
    /** 2·N·throughput / peak: output tokens only. */
    DECODE_MFU(
            "decode_mfu",
            Kind.RATIO,
            "2 N per output token / dense peak.",
            efficiency().needs(Source.MODEL)),
    /** Memory bandwidth utilisation. */
    MBU(
            "mbu",
            Kind.RATIO,
            "Bytes read by the decode steps / memory bandwidth.",
            efficiency().needs(Source.MODEL)),
    /** Share of time in which at least one kernel ran; not compute utilisation. */
    GPU_UTIL(
            "gpu_util",
            Kind.RATIO,
            "Share of time in which any kernel ran; not compute utilisation.",
            gpu().prometheus("gpu_utilization_ratio")),
    /** Throughput per user relative to the first level. */
    SCALING_EFFICIENCY(
            "scaling_efficiency", Kind.RATIO, "Throughput per user relative to the first level.", facts().ofSweep()),
    /** Output tokens per second in the window, successes only. */
    THROUGHPUT("throughput", Kind.TOKEN_RATE, "Output tokens of successes, per second."),
    /** Throughput plus uncached prompt tokens per second. */
    TOTAL_THROUGHPUT(
            "total_throughput", Kind.TOKEN_RATE, "Output tokens of successes and uncached prompt tokens, per second."),
    /** Completed successes / window. */
    REQUEST_RATE(
            "request_rate",
            Kind.REQUEST_RATE,
            "Completed successes per second of the window.",
            facts().prometheus("requests_per_second")),
    /** Sent / target, of an open loop. No word of the budget grammar. */
    ACHIEVED_RATE(
            "achieved_rate",
            Kind.RATIO,
            "Sent / target rate of an open loop.",
            facts().needs(Source.OPEN_LOOP).in(Place.LOAD).noBudget()),
    /** Good requests per second. */
    GOODPUT("goodput", Kind.REQUEST_RATE, "Good requests per second of the window.", facts().needs(Source.OBJECTIVE)),
    /** Input and output tokens per second of good answers. No word of the budget grammar. */
    TOKEN_GOODPUT(
            "token_goodput",
            Kind.TOKEN_RATE,
            "Input and output tokens of good answers, per second.",
            facts().needs(Source.OBJECTIVE).noBudget()),
    /** The highest level at which all budgets hold. */
    CAPACITY("capacity", Kind.CAPACITY, "The highest level at which all budgets hold.", facts().ofSweep()),
    /** Mean power. */
    POWER("power", Kind.POWER, "Mean power of all GPUs in the window.", gpu()),
    /** Energy of the window. */
    ENERGY("energy", Kind.ENERGY, "Energy of all GPUs in the window.", gpu()),
    /** Energy / output tokens. */
    JOULES_PER_TOKEN(
            "joules_per_token",
            Kind.JOULES_PER_TOKEN,
            "Energy / output tokens.",
            efficiency().needs(Source.GPU).prometheus("joules_per_token")),
    /** Output tokens / energy. */
    TOKENS_PER_JOULE(
            "tokens_per_joule",
            Kind.TOKENS_PER_JOULE,
            "Output tokens / energy.",
            efficiency().needs(Source.GPU).prometheus("tokens_per_joule")),
    /** Highest memory in use. */
    GPU_MEMORY("gpu_memory", Kind.MEMORY, "Highest memory in use of any GPU.", gpu()),
    /** Highest temperature. */
    GPU_TEMPERATURE("gpu_temperature", Kind.TEMPERATURE, "Highest temperature of any GPU.", gpu()),
    /** Cost of a million tokens. */
    COST_PER_MILLION(
            "cost_per_million",
            Kind.COST,
            "Price of a million tokens, input and output.",
            cost("per_million_tokens").prometheus("cost_per_million_tokens_dollars")),
    /** Cost of a million tokens, where only those of good answers count. */
    COST_PER_MILLION_GOOD(
            "cost_per_million_good",
            Kind.COST,
            "Price of a million tokens of good answers.",
            cost("per_million_good_tokens").prometheus("cost_per_million_good_tokens_dollars")),
    /** Requests in work by the server's own word, mean. No word of the budget grammar, nor are those below. */
    SERVER_RUNNING(
            "server_running",
            Kind.REQUESTS,
            "Requests in work, by the server's own word: mean of the window.",
            server("running")),
    /** The most requests in work. */
    SERVER_RUNNING_MAX(
            "server_running_max",
            Kind.REQUESTS,
            "The most requests in work, by the server's own word.",
            server("running_max")),
    /** Requests in the server's queue, mean. */
    SERVER_WAITING(
            "server_waiting",
            Kind.REQUESTS,
            "Requests in the queue, by the server's own word: mean of the window.",
            server("waiting")),
    /** The most requests in the server's queue. */
    SERVER_WAITING_MAX(
            "server_waiting_max",
            Kind.REQUESTS,
            "The most requests in the queue, by the server's own word.",
            server("waiting_max")),
    /** Share of the server's KV cache in use, mean. */
    KV_CACHE_USAGE(
            "kv_cache_usage",
            Kind.RATIO,
            "Share of the server's KV cache in use: mean of the window.",
            server("kv_cache_usage").lessIsBetter()),
    /** Highest share of the server's KV cache in use. */
    KV_CACHE_USAGE_MAX(
            "kv_cache_usage_max",
            Kind.RATIO,
            "Highest share of the server's KV cache in use.",
            server("kv_cache_usage_max").lessIsBetter()),
    /** Share of the prompt tokens that the server's prefix cache had. */
    PREFIX_HIT_RATE(
            "prefix_hit_rate",
            Kind.RATIO,
            "Share of the prompt tokens that the server's prefix cache had.",
            server("prefix_hit_rate")),
    /** Times that a request lost its KV entries to others. */
    PREEMPTIONS(
            "preemptions",
            Kind.REQUESTS,
            "Times that a request lost its KV entries to others.",
            server("preemptions").prometheus("preempted_requests")),
    /** Tokens of a step with speculative decoding. */
    ACCEPTANCE_LENGTH(
            "acceptance_length",
            Kind.TOKENS,
            "Tokens of a step with speculative decoding: the accepted drafts and one.",
            server("acceptance_length"));

    /** What a metric measures; decides its statistic, its units and its direction. Values are kept in the base unit. */
    public enum Kind {
        /** A distribution of durations, kept in nanoseconds. */
        LATENCY(Unit.MILLISECONDS, Better.LOWER, Style.DURATION, "_ms", "seconds", 1e9),
        /** A distribution of tokens per second. */
        SPEED(Unit.TOKENS_PER_SECOND, Better.HIGHER, Style.PLAIN, "_tok_s", "tokens_per_second", 1),
        /** A fraction of one. */
        RATIO(Unit.PERCENT, Better.HIGHER, Style.PERCENT, "", "ratio", 1),
        /** Tokens per second. */
        TOKEN_RATE(Unit.TOKENS_PER_SECOND, Better.HIGHER, Style.PLAIN, "_tok_s", "tokens_per_second", 1),
        /** Requests per second. */
        REQUEST_RATE(Unit.REQUESTS_PER_SECOND, Better.HIGHER, Style.PLAIN, "", "requests_per_second", 1),
        /** Users, or requests per second. */
        CAPACITY(Unit.USERS, Better.HIGHER, Style.PLAIN, "", "", 1),
        /** Requests. */
        REQUESTS(Unit.REQUESTS, Better.LOWER, Style.PLAIN, "", "requests", 1),
        /** Tokens. */
        TOKENS(Unit.TOKENS, Better.HIGHER, Style.PLAIN, "", "tokens", 1),
        /** Watts. */
        POWER(Unit.WATTS, Better.LOWER, Style.PLAIN, "_w", "watts", 1),
        /** Joules. */
        ENERGY(Unit.JOULES, Better.LOWER, Style.PLAIN, "_j", "joules", 1),
        /** Joules per token. */
        JOULES_PER_TOKEN(Unit.JOULES, Better.LOWER, Style.PLAIN, "", "joules_per_token", 1),
        /** Tokens per joule. */
        TOKENS_PER_JOULE(Unit.TOKENS_PER_JOULE, Better.HIGHER, Style.PLAIN, "", "tokens_per_joule", 1),
        /** Gigabytes. */
        MEMORY(Unit.GIGABYTES, Better.LOWER, Style.PLAIN, "_gb", "bytes", 1e-9),
        /** Degrees Celsius. */
        TEMPERATURE(Unit.DEGREES_CELSIUS, Better.LOWER, Style.PLAIN, "_c", "celsius", 1),
        /** Dollars. */
        COST(Unit.MONEY, Better.LOWER, Style.PLAIN, "", "dollars", 1);

        private final Unit unit;
        private final Better better;
        private final Style style;
        private final double unitSize;
        private final String fileSuffix;
        private final String prometheusUnit;
        private final double prometheusSize;

        Kind(Unit unit, Better better, Style style, String fileSuffix, String prometheusUnit, double prometheusSize) {
            this.unit = unit;
            this.better = better;
            this.style = style;
            this.unitSize = unit.size().doubleValue();
            this.fileSuffix = fileSuffix;
            this.prometheusUnit = prometheusUnit;
            this.prometheusSize = prometheusSize;
        }

        /** Symbol of the unit that readers see: {@code ms}, {@code %}, {@code tok/s}. */
        public String unit() {
            return unit.symbol();
        }

        /** All units in which a budget may give a limit, the smallest first. */
        public List<Unit> units() {
            return switch (this) {
                case LATENCY -> List.of(Unit.MICROSECONDS, Unit.MILLISECONDS, Unit.SECONDS);
                case CAPACITY -> List.of(Unit.REQUESTS_PER_SECOND, Unit.USERS);
                case ENERGY -> List.of(Unit.JOULES, Unit.KILOJOULES, Unit.WATT_HOURS);
                default -> List.of(unit);
            };
        }

        /** How tables print it. */
        public Style style() {
            return style;
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

        /** What one step of a histogram of it is worth, in the base unit: a nanosecond, a thousandth of a token per second. */
        public double histogramStep() {
            return this == SPEED ? 1e-3 : 1;
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

    private enum Better {
        LOWER,
        HIGHER
    }

    /** How a table prints a number. */
    public enum Style {
        /** Milliseconds or seconds, about three significant digits. */
        DURATION,
        /** A percentage: 100 % and 0 % only if it is. */
        PERCENT,
        /** About three significant digits. */
        PLAIN
    }

    /** What a metric takes besides the requests themselves; a run may lack it. */
    public enum Source {
        /** Nothing: such a metric should always be there. */
        NONE("", ""),
        /** A schedule of arrivals. */
        OPEN_LOOP("an open loop", "only an open loop has a target rate"),
        /** A definition of a good answer. */
        OBJECTIVE("a definition of a good answer", "no per-request objective is declared"),
        /** The server's word on how many prompt tokens came from its cache. */
        CACHE(
                "a usage that counts cached tokens",
                "the server's usage does not say how many prompt tokens came from its cache"
                        + " (vLLM says it with --enable-prompt-tokens-details)"),
        /** The model's work and the device's peak. */
        MODEL("the model and the device's peak", "the model's work and the device's peak are not declared"),
        /** Telemetry of the GPUs. */
        GPU("GPU telemetry", "no GPU telemetry was recorded"),
        /** A price. */
        PRICE("a price of the GPUs", "no cost is declared"),
        /** The server's own page of counters. */
        SERVER("the server's own page of counters", "the server's own counters were not read");

        private final String what;
        private final String missing;

        Source(String what, String missing) {
            this.what = what;
            this.missing = missing;
        }

        /** What it is, in a few words; empty for {@link #NONE}. */
        public String what() {
            return what;
        }

        /** Why a metric is absent that has no such source, half a sentence; empty for {@link #NONE}. */
        public String missing() {
            return missing;
        }
    }

    /** Which object of a level in results.json a number is in. */
    public enum Place {
        /** The level itself. */
        LEVEL(""),
        /** {@code load}. */
        LOAD("load"),
        /** {@code gpu}. */
        GPU("gpu"),
        /** {@code efficiency}. */
        EFFICIENCY("efficiency"),
        /** {@code cost}. */
        COST("cost"),
        /** {@code server}. */
        SERVER("server");

        private final String key;

        Place(String key) {
            this.key = key;
        }

        /** Its key in the level; empty for the level itself. */
        public String key() {
            return key;
        }
    }

    /** What most metrics do not need to say; confined to the initialisation of the constants. */
    private static final class Facts {
        private Source source = Source.NONE;
        private Place place = Place.LEVEL;
        private String jsonKey = "";
        private String prometheus = "";
        private boolean budget = true;
        private boolean sweep;
        private boolean pooled;
        private boolean counted;
        private boolean lower;
        private @Nullable Metric plain;
        private @Nullable Metric basis;

        Facts needs(Source needed) {
            source = needed;
            return this;
        }

        Facts in(Place where) {
            place = where;
            return this;
        }

        Facts json(String key) {
            jsonKey = key;
            return this;
        }

        Facts prometheus(String name) {
            prometheus = name;
            return this;
        }

        Facts noBudget() {
            budget = false;
            return this;
        }

        /** It compares levels; no single level has it. */
        Facts ofSweep() {
            sweep = true;
            return this;
        }

        /** A request has many values. */
        Facts pooled() {
            pooled = true;
            return this;
        }

        /** It is made of the number of tokens of a request, which the server may not say. */
        Facts counted() {
            counted = true;
            return this;
        }

        /** Smaller values are better, unlike others of its kind. */
        Facts lessIsBetter() {
            lower = true;
            return this;
        }

        /** What the endpoint alone did of what that metric counts from the scheduled instant. */
        Facts serviceFormOf(Metric metric) {
            plain = metric;
            return madeOf(metric);
        }

        /** What moves that metric moves this one, in the same direction. */
        Facts madeOf(Metric metric) {
            basis = metric;
            return this;
        }
    }

    private static final List<Metric> DISTRIBUTIONS =
            Arrays.stream(values()).filter(Metric::isDistribution).toList();
    private static final List<Metric> NUMBERS = Arrays.stream(values())
            .filter(metric -> !metric.isDistribution() && !metric.facts.sweep)
            .toList();
    private static final List<Metric> BUDGETABLE =
            Arrays.stream(values()).filter(Metric::isBudgetable).toList();

    private final String word;
    private final Kind kind;
    private final String meaning;
    private final Facts facts;

    Metric(String word, Kind kind, String meaning) {
        this(word, kind, meaning, facts());
    }

    Metric(String word, Kind kind, String meaning, Facts facts) {
        this.word = word;
        this.kind = kind;
        this.meaning = meaning;
        this.facts = facts;
    }

    private static Facts facts() {
        return new Facts();
    }

    private static Facts gpu() {
        return facts().needs(Source.GPU).in(Place.GPU);
    }

    private static Facts efficiency() {
        return facts().in(Place.EFFICIENCY);
    }

    private static Facts server(String jsonKey) {
        return facts().needs(Source.SERVER).in(Place.SERVER).json(jsonKey).noBudget();
    }

    private static Facts cost(String jsonKey) {
        return facts().needs(Source.PRICE).in(Place.COST).json(jsonKey);
    }

    /** The word of the budget grammar and of the result files, for example {@code ttft}. */
    public String word() {
        return word;
    }

    /** What it measures. */
    public Kind kind() {
        return kind;
    }

    /** What it is, in one plain sentence of ASCII, as metrics.prom and the table of budget words have it. */
    public String meaning() {
        return meaning;
    }

    /** Its key in results.csv, in the history and, for a distribution, in results.json: {@code ttft_ms}, {@code power_w}. */
    public String fileKey() {
        return word + kind.fileSuffix;
    }

    /** Its key there with a statistic between: {@code ttft_p95_ms}. */
    public String fileKey(String statistic) {
        return word + "_" + statistic + kind.fileSuffix;
    }

    /** Which object of a level in results.json it is in. */
    public Place place() {
        return facts.place;
    }

    /** Its key in that object: {@code throughput_tok_s}, {@code per_million_tokens}. */
    public String jsonKey() {
        return facts.jsonKey.isEmpty() ? fileKey() : facts.jsonKey;
    }

    /** Name of its family in metrics.prom, which ends with its unit: {@code llmload_ttft_seconds}. */
    public String prometheusName() {
        return "llmload_" + (facts.prometheus.isEmpty() ? word + "_" + kind.prometheusUnit : facts.prometheus);
    }

    /** Whether a budget may be about it. */
    public boolean isBudgetable() {
        return facts.budget;
    }

    /** What it takes besides the requests themselves. */
    public Source source() {
        return facts.source;
    }

    /** Whether it takes telemetry, a price or an objective, which a run may lack. All else should always be there. */
    public boolean needsSource() {
        return facts.source != Source.NONE;
    }

    /** Whether it compares levels, so that no single level has it; it is judged in the last invocation. */
    public boolean isOfSweep() {
        return facts.sweep;
    }

    /** Whether smaller values are better. */
    public boolean lowerIsBetter() {
        return facts.lower || kind.better == Better.LOWER;
    }

    /** Whether it is a distribution, of which a statistic must be named. */
    public boolean isDistribution() {
        return kind == Kind.LATENCY || kind == Kind.SPEED;
    }

    /** Whether it is a distribution of which each request has one value at most. */
    public boolean isOfRequest() {
        return isDistribution() && !facts.pooled;
    }

    /** Whether it is a value of a request that takes its number of tokens, which the server may not say. */
    public boolean countsTokens() {
        return facts.counted;
    }

    /** Of what counts from the scheduled instant in open loop: the same from the instant of sending. */
    public Optional<Metric> serviceForm() {
        for (Metric metric : DISTRIBUTIONS) {
            if (metric.facts.plain == this) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    /** Whether it is such a form of another metric. */
    public boolean isServiceForm() {
        return facts.plain != null;
    }

    /** Whether what moves another metric moves this one as well, in the same direction. */
    public boolean movesWith(Metric other) {
        return this == other || facts.basis != null && facts.basis.movesWith(other);
    }

    /** All distributions, in the order in which files have them. */
    public static List<Metric> distributions() {
        return DISTRIBUTIONS;
    }

    /** All that are one number of a level, in the order in which files have them. */
    public static List<Metric> numbers() {
        return NUMBERS;
    }

    /** All that a budget may be about, in the order in which messages and tables name them. */
    public static List<Metric> budgetable() {
        return BUDGETABLE;
    }

    /** The metric of that word, whatever the case. */
    public static Optional<Metric> ofWord(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(m -> m.word.equals(wanted)).findFirst();
    }
}
