package dev.llmload.metric.check;

import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Builds the map of which metrics a broken check moves, and which way. Later settings win. */
final class Biases {
    private final Map<Metric, Bias> map = new EnumMap<>(Metric.class);

    /** Every metric there is. */
    static Biases everything(Bias bias) {
        return new Biases().set(bias, Metric.values());
    }

    /** All durations. */
    Biases latencies(Bias bias) {
        return kind(Metric.Kind.LATENCY, bias);
    }

    /** Tokens per second of single requests. */
    Biases speeds(Bias bias) {
        return kind(Metric.Kind.SPEED, bias);
    }

    /** Values of single requests that take their number of tokens. */
    Biases counted(Bias bias) {
        return set(
                bias,
                Arrays.stream(Metric.values()).filter(Metric::countsTokens).toArray(Metric[]::new));
    }

    /** Throughput, and what is made of it: the cost and the energy of a token move the other way. */
    Biases throughput(Bias bias) {
        set(bias, Metric.THROUGHPUT, Metric.TOTAL_THROUGHPUT, Metric.REQUEST_RATE);
        goodput(bias);
        set(bias, Metric.MFU, Metric.DECODE_MFU, Metric.MBU, Metric.TOKENS_PER_JOULE);
        return set(opposite(bias), Metric.JOULES_PER_TOKEN, Metric.COST_PER_MILLION);
    }

    /** GoodAnswers answers per second; what a good token costs moves the other way. */
    Biases goodput(Bias bias) {
        set(bias, Metric.GOODPUT, Metric.TOKEN_GOODPUT);
        return set(opposite(bias), Metric.COST_PER_MILLION_GOOD);
    }

    /** These, and what is made of them and moves the same way. */
    Biases set(Bias bias, Metric... metrics) {
        for (Metric each : Metric.values()) {
            if (Arrays.stream(metrics).anyMatch(each::movesWith)) {
                map.put(each, bias);
            }
        }
        return this;
    }

    /** Leaves a metric out again. */
    Biases without(Metric metric) {
        map.remove(metric);
        return this;
    }

    Map<Metric, Bias> toMap() {
        return Map.copyOf(map);
    }

    private Biases kind(Metric.Kind kind, Bias bias) {
        for (Metric metric : Metric.values()) {
            if (metric.kind() == kind) {
                map.put(metric, bias);
            }
        }
        return this;
    }

    private static Bias opposite(Bias bias) {
        return switch (bias) {
            case UP -> Bias.DOWN;
            case DOWN -> Bias.UP;
            case UNKNOWN -> Bias.UNKNOWN;
        };
    }
}
