package dev.llmload.result;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of the field. Every number that is printed, judged or written to a file carries one of these names and
 * means exactly what is said here.
 */
public enum Metric {
    /** First token event − sent. */
    TTFT("ttft", Kind.LATENCY, true),
    /** First token event that is not reasoning − sent. */
    TTFO("ttfo", Kind.LATENCY, true),
    /** Response head − sent; not TTFT: some servers answer the head while the request still queues. */
    TTFB("ttfb", Kind.LATENCY, true),
    /** DNS + TCP + TLS of the connection used; 0 on reuse. */
    CONNECT("connect", Kind.LATENCY, true),
    /** (last − first token event) / (streamed tokens − tokens of the first event), per request. */
    TPOT("tpot", Kind.LATENCY, true),
    /** Gap between consecutive arrivals of one request, pooled over requests. */
    ITL("itl", Kind.LATENCY, true),
    /** Last token event − sent. */
    E2E("e2e", Kind.LATENCY, true),
    /** Closed − last token event. */
    STREAM_CLOSE("stream_close", Kind.LATENCY, true),
    /** Sent − scheduled: how far the client itself was behind. */
    DISPATCH_DELAY("dispatch_delay", Kind.LATENCY, true),
    /** TTFT + dispatch delay. */
    SCHEDULED_TTFT("scheduled_ttft", Kind.LATENCY, true),
    /** E2E + dispatch delay. */
    SCHEDULED_E2E("scheduled_e2e", Kind.LATENCY, true),
    /** TTFO + dispatch delay: by this a budget on TTFO is judged in open loop. No word of the budget grammar. */
    SCHEDULED_TTFO("scheduled_ttfo", Kind.LATENCY, true),
    /** Output tokens / e2e, per request; includes TTFT. */
    REQUEST_SPEED("request_speed", Kind.SPEED, false),
    /** 1 / tpot, per request: what a reader sees after the first token. */
    OUTPUT_SPEED("output_speed", Kind.SPEED, false),
    /** Successful / attempted. */
    SUCCESS_RATE("success_rate", Kind.RATIO, false),
    /** Share of attempted requests that succeeded and met every per-request objective. */
    GOOD_FRACTION("good_fraction", Kind.RATIO, false),
    /** Model FLOPs utilisation. */
    MFU("mfu", Kind.RATIO, false),
    /** 2·N·throughput / peak: output tokens only. */
    DECODE_MFU("decode_mfu", Kind.RATIO, false),
    /** Memory bandwidth utilisation. */
    MBU("mbu", Kind.RATIO, false),
    /** Share of time in which at least one kernel ran; not compute utilisation. */
    GPU_UTIL("gpu_util", Kind.RATIO, false),
    /** Throughput per user relative to the first level. */
    SCALING_EFFICIENCY("scaling_efficiency", Kind.RATIO, false),
    /** Output tokens per second in the window, successes only. */
    THROUGHPUT("throughput", Kind.TOKEN_RATE, false),
    /** Throughput plus uncached prompt tokens per second. */
    TOTAL_THROUGHPUT("total_throughput", Kind.TOKEN_RATE, false),
    /** Completed successes / window. */
    REQUEST_RATE("request_rate", Kind.REQUEST_RATE, false),
    /** Sent / target, of an open loop. No word of the budget grammar. */
    ACHIEVED_RATE("achieved_rate", Kind.RATIO, false),
    /** Good requests per second. */
    GOODPUT("goodput", Kind.REQUEST_RATE, false),
    /** Input and output tokens per second of good answers. No word of the budget grammar. */
    TOKEN_GOODPUT("token_goodput", Kind.TOKEN_RATE, false),
    /** The highest level at which all budgets hold. */
    CAPACITY("capacity", Kind.CAPACITY, false),
    /** Mean power. */
    POWER("power", Kind.POWER, true),
    /** Energy of the window. */
    ENERGY("energy", Kind.ENERGY, true),
    /** Energy / output tokens. */
    JOULES_PER_TOKEN("joules_per_token", Kind.JOULES_PER_TOKEN, true),
    /** Output tokens / energy. */
    TOKENS_PER_JOULE("tokens_per_joule", Kind.TOKENS_PER_JOULE, false),
    /** Highest memory in use. */
    GPU_MEMORY("gpu_memory", Kind.MEMORY, true),
    /** Highest temperature. */
    GPU_TEMPERATURE("gpu_temperature", Kind.TEMPERATURE, true),
    /** Cost of a million tokens. */
    COST_PER_MILLION("cost_per_million", Kind.COST, true),
    /** Cost of a million tokens, where only those of good answers count. */
    COST_PER_MILLION_GOOD("cost_per_million_good", Kind.COST, true);

    /** What a metric measures; decides its statistic and its units. */
    public enum Kind {
        /** A distribution of durations, kept in nanoseconds. */
        LATENCY,
        /** A distribution of tokens per second. */
        SPEED,
        /** A fraction of one. */
        RATIO,
        /** Tokens per second. */
        TOKEN_RATE,
        /** Requests per second. */
        REQUEST_RATE,
        /** Users, or requests per second. */
        CAPACITY,
        /** Watts. */
        POWER,
        /** Joules. */
        ENERGY,
        /** Joules per token. */
        JOULES_PER_TOKEN,
        /** Tokens per joule. */
        TOKENS_PER_JOULE,
        /** Gigabytes. */
        MEMORY,
        /** Degrees Celsius. */
        TEMPERATURE,
        /** Money per million tokens. */
        COST
    }

    private final String word;
    private final Kind kind;
    private final boolean lowerIsBetter;

    Metric(String word, Kind kind, boolean lowerIsBetter) {
        this.word = word;
        this.kind = kind;
        this.lowerIsBetter = lowerIsBetter;
    }

    /** The word of the budget grammar and of the result files, for example {@code ttft}. */
    public String word() {
        return word;
    }

    /** What it measures. */
    public Kind kind() {
        return kind;
    }

    /** Whether a budget may be about it. */
    public boolean isBudgetable() {
        return this != SCHEDULED_TTFO && this != ACHIEVED_RATE && this != TOKEN_GOODPUT;
    }

    /** Whether smaller values are better. */
    public boolean lowerIsBetter() {
        return lowerIsBetter;
    }

    /** Whether it is a distribution, of which a statistic must be named. */
    public boolean isDistribution() {
        return kind == Kind.LATENCY || kind == Kind.SPEED;
    }

    /** The metric of that word, whatever the case. */
    public static Optional<Metric> ofWord(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(m -> m.word.equals(wanted)).findFirst();
    }
}
