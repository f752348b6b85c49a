package dev.llmload.budget;

import dev.llmload.analysis.Dispersion;
import dev.llmload.analysis.RankedValues;
import dev.llmload.result.Distribution;
import dev.llmload.result.measured.Values;
import dev.llmload.result.time.InTime;
import java.util.OptionalDouble;

/**
 * The values of the successes in rising order, with the failed requests at the end where they hurt: above every latency,
 * below every speed. In base units.
 */
public final class Ranked {
    private final Distribution values;
    private final boolean failuresAbove;

    public Ranked(Distribution values, boolean failuresAbove) {
        this.values = values;
        this.failuresAbove = failuresAbove;
    }

    long failed() {
        return values.failed();
    }

    public long size() {
        return values.count() + values.failed();
    }

    /**
     * The value at a rank.
     *
     * @param rank 1 to {@link #size()}
     * @return empty if a failed request has that rank
     */
    public OptionalDouble at(long rank) {
        long own = failuresAbove ? rank : rank - failed();
        return own < 1 || own > values.count() ? OptionalDouble.empty() : OptionalDouble.of(success(own));
    }

    /** The value of the successes alone at a rank from 1. */
    double success(long rank) {
        // nearest rank of the percentile in the middle of a step is that step
        return values.percentile(100.0 * (rank - 0.5) / values.count());
    }

    /**
     * The end of an interval at a rank from 0 to size + 1: infinite above every value, 0 below every value, for neither a
     * duration nor a speed is less.
     */
    double end(long rank) {
        boolean beyond = rank > size() || failuresAbove && rank > values.count();
        return beyond ? Double.POSITIVE_INFINITY : at(rank).orElse(0);
    }

    /** For intervals: a failed request is infinitely slow, or has no speed at all. */
    public RankedValues forAnalysis() {
        double ofFailure = failuresAbove ? Double.POSITIVE_INFINITY : 0;
        return new RankedValues() {
            @Override
            public long size() {
                return Ranked.this.size();
            }

            @Override
            public double at(long rank) {
                return Ranked.this.at(rank).orElse(ofFailure);
            }
        };
    }

    /** How many of all, failed ones included, do not hold the limit each by itself. */
    public long violations(Comparator comparator, double limit) {
        long above =
                values.countAbove(comparator.includesEquality() == comparator.isUpperLimit() ? limit : below(limit));
        long successes = comparator.isUpperLimit() ? above : values.count() - above;
        return successes + (failuresAbove == comparator.isUpperLimit() ? failed() : 0);
    }

    /** How these come together in time; none where the times were not kept. */
    Dispersion dispersion(Comparator comparator, double limit) {
        double above = comparator.includesEquality() == comparator.isUpperLimit() ? limit : below(limit);
        return Values.of(values)
                .inTime()
                .flatMap(when -> when.above(above).stream()
                        .map(high -> dispersion(comparator, when, high))
                        .max(java.util.Comparator.comparingDouble(Dispersion::factor)))
                .orElse(Dispersion.NONE);
    }

    private Dispersion dispersion(Comparator comparator, InTime when, long[][] high) {
        long[][] all = when.all();
        long[][] failures = when.failures();
        boolean failuresCount = failuresAbove == comparator.isUpperLimit();
        long[][] counted = sum(comparator.isUpperLimit() ? high : sum(all, high, -1), failures, failuresCount ? 1 : 0);
        return Dispersion.of(counted, sum(all, failures, 1));
    }

    /**
     * How those beyond the value at a rank come together in time.
     *
     * @param rank 1 to {@link #size()}
     */
    public Dispersion dispersionAt(long rank) {
        // A rank on a failed request says as much as how the failures come.
        double limit = at(rank).orElse(failuresAbove ? Double.MAX_VALUE : 0);
        return dispersion(failuresAbove ? Comparator.AT_MOST : Comparator.AT_LEAST, limit);
    }

    static long[][] sum(long[][] one, long[][] other, int times) {
        long[][] sums = new long[one.length][];
        for (int run = 0; run < sums.length; run++) {
            sums[run] = one[run].clone();
            for (int i = 0; i < sums[run].length; i++) {
                sums[run][i] += times * other[run][i];
            }
        }
        return sums;
    }

    private static double below(double limit) {
        return Math.nextDown(limit);
    }
}
