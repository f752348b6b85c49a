package dev.llmload.analysis;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many requests a statistical gate needs to be worth its name: with fewer, a release that holds its limit well is
 * often told that nothing could be shown. Pure functions, safe for any thread.
 */
public final class GateSize {
    /** Share of good releases that the gate should pass. */
    private static final double POWER = 0.8;

    /** Above this number the normal approximation is as good as the exact one. */
    private static final long EXACT_UP_TO = 1_000_000;

    private GateSize() {}

    /**
     * Requests with which a release that uses half of the permitted share passes 8 times in 10: for 95 % confidence 180
     * for p90, 390 for p95, 1960 for p99. The power of an exact test rises and falls like a saw; the number is the first
     * multiple of 10 (of 20 above a thousand) that has it.
     *
     * @param permitted share of requests beyond the limit that the gate permits, above 0 and below 1: 0.05 for p95
     * @param confidence one-sided, above 0.5 and below 1
     * @return at least 10
     */
    public static long requests(double permitted, double confidence) {
        if (!(permitted > 0 && permitted < 1)) {
            throw new IllegalArgumentException("a permitted share must be above 0 and below 1, but was " + permitted);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be above 0.5 and below 1, but was " + confidence);
        }
        double about = about(permitted, confidence);
        if (about > EXACT_UP_TO) {
            return (long) Math.ceil(Math.min(about, Integer.MAX_VALUE));
        }
        long n = 10;
        // No gate of half the usual size has the power.
        while (n < about / 2) {
            n += step(n);
        }
        n -= n > 1000 ? n % 20 : 0;
        while (power((int) n, permitted, confidence) < POWER) {
            n += step(n);
        }
        return n;
    }

    private static long step(long n) {
        return n < 1000 ? 10 : 20;
    }

    private static double power(int n, double permitted, double confidence) {
        BinomialDistribution atLimit = BinomialDistribution.of(n, permitted);
        int most = atLimit.inverseCumulativeProbability(1 - confidence);
        // The most that may be beyond the limit for a pass: so few are seen by chance in at most 1 − confidence.
        while (most >= 0 && atLimit.cumulativeProbability(most) > 1 - confidence) {
            most--;
        }
        return most < 0 ? 0 : BinomialDistribution.of(n, permitted / 2).cumulativeProbability(most);
    }

    private static double about(double permitted, double confidence) {
        double half = permitted / 2;
        double spread =
                z(confidence) * Math.sqrt(permitted * (1 - permitted)) + z(POWER) * Math.sqrt(half * (1 - half));
        return Math.pow(spread / (permitted - half), 2);
    }

    private static double z(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }
}
