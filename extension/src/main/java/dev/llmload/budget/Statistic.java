package dev.llmload.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which number of a distribution a budget is about. Immutable.
 *
 * @param kind mean, smallest, largest, a percentile, or none for a metric that is one number
 * @param percentile for a percentile: above 0, at most 100; otherwise NaN
 */
public record Statistic(Kind kind, double percentile) {
    /** The kinds of statistic. */
    public enum Kind {
        /** The metric is one number and takes no statistic. */
        NONE,
        /** Arithmetic mean of the successes. */
        MEAN,
        /** The smallest value: rank 1. */
        MIN,
        /** The largest value: the last rank, which is a failed request's where a failed one ranks above every value. */
        MAX,
        /** Nearest-rank percentile. */
        PERCENTILE
    }

    /** For a metric that is one number. */
    public static final Statistic NONE = new Statistic(Kind.NONE, Double.NaN);
    /** Arithmetic mean. */
    public static final Statistic MEAN = new Statistic(Kind.MEAN, Double.NaN);
    /** Smallest value. */
    public static final Statistic MIN = new Statistic(Kind.MIN, Double.NaN);
    /** Largest value. */
    public static final Statistic MAX = new Statistic(Kind.MAX, Double.NaN);

    public static final List<String> WORDS = List.of("mean", "min", "max", "p50", "p90", "p95", "p99", "p99.9");

    /** Checks that a percentile has its number and nothing else has one. */
    public Statistic {
        if (kind == Kind.PERCENTILE && !(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("a percentile must be above 0 and at most 100, but was " + percentile);
        }
        if (kind != Kind.PERCENTILE && !Double.isNaN(percentile)) {
            throw new IllegalArgumentException("only a percentile has a number, but " + kind + " had " + percentile);
        }
    }

    /**
     * A percentile.
     *
     * @param p above 0, at most 100
     */
    public static Statistic percentile(double p) {
        return new Statistic(Kind.PERCENTILE, p);
    }

    /** Its word, in any case; empty if it is none or a percentile out of range. */
    public static Optional<Statistic> ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "mean" -> Optional.of(MEAN);
            case "min" -> Optional.of(MIN);
            case "max" -> Optional.of(MAX);
            default -> {
                Optional<Double> p = looksLikePercentile(word) ? Exact.number(word.substring(1)) : Optional.empty();
                yield p.filter(v -> v > 0 && v <= 100).map(Statistic::percentile);
            }
        };
    }

    public static boolean looksLikePercentile(String word) {
        return word.matches("[pP]\\d+(\\.\\d+)?");
    }

    /** Whether it is a percentile. */
    public boolean isPercentile() {
        return kind == Kind.PERCENTILE;
    }

    /** The word of the grammar: {@code mean}, {@code p99.9}; empty for none. */
    public String text() {
        return switch (kind) {
            case NONE -> "";
            case MEAN -> "mean";
            case MIN -> "min";
            case MAX -> "max";
            case PERCENTILE -> "p" + Exact.plain(percentile);
        };
    }

    /** For a percentile: its quantile q as an exact fraction. */
    public BigDecimal quantile() {
        return BigDecimal.valueOf(percentile).movePointLeft(2);
    }

    /** The nearest rank of this statistic among n values in rising order, from 1. */
    public long rank(long n) {
        return switch (kind) {
            case MIN -> 1;
            case MAX -> n;
            case PERCENTILE ->
                Math.max(
                        1,
                        quantile()
                                .multiply(BigDecimal.valueOf(n))
                                .setScale(0, RoundingMode.CEILING)
                                .longValueExact());
            default -> throw new IllegalStateException(kind + " has no rank");
        };
    }

    @Override
    public String toString() {
        return text();
    }
}
