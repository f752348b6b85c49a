package dev.llmload.analysis;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much more a count of requests scatters than one of independent requests would: a slow moment hits all that are in
 * flight. Time is cut into blocks, at least {@value #BLOCKS} of a run where it is long enough; the factor is Pearson's
 * dispersion of the blocks around the share of their run (P. McCullagh and J. A. Nelder, Generalized Linear Models, section
 * 4.5), and where the shares of several runs lie farther apart than that, theirs. Counts divided by it have the bounds that
 * independent requests have, with Student's t in place of the normal quantile, because the factor is known from few blocks
 * only (E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected number of positive counts
 * estimated from survey data", Survey Methodology 24 (1998)). Immutable.
 *
 * @param factor variance of the count by that of a binomial one; 1 where nothing was counted, or all
 * @param degrees of freedom with which it is known; 0 if it is not
 * @param blocks how many there are, of all runs
 * @param slowBlock whether more of what was counted came in one block than chance has it in one of twenty cases
 */
public record Dispersion(double factor, double degrees, int blocks, boolean slowBlock) {
    /** What independent requests have, known for certain. */
    public static final Dispersion NONE = new Dispersion(1, Double.POSITIVE_INFINITY, 0, false);

    /** So many blocks of a run, if it has as many slices. */
    static final int BLOCKS = 20;

    /** With fewer, one slow block decides alone. */
    private static final int FEW = 10;

    private static final double RARE = 0.05;

    /**
     * Of counts by time.
     *
     * @param counted of each run, how many were counted in each slice of its time
     * @param all how many there were, in the same slices
     */
    public static Dispersion of(long[][] counted, long[][] all) {
        long k = sum(counted);
        long n = sum(all);
        long[][] some = new long[counted.length][];
        long[][] whole = new long[counted.length][];
        int blocks = 0;
        for (int run = 0; run < counted.length; run++) {
            some[run] = blocks(counted[run]);
            whole[run] = blocks(all[run]);
            blocks += some[run].length;
        }
        if (k == 0 || k == n) {
            return new Dispersion(1, Double.POSITIVE_INFINITY, blocks, false);
        }
        double share = (double) k / n;
        double within = 0;
        double between = 0;
        int degrees = 0;
        int runs = 0;
        for (int run = 0; run < some.length; run++) {
            long ofRun = Arrays.stream(whole[run]).sum();
            if (ofRun > 0) {
                double own = (double) Arrays.stream(some[run]).sum() / ofRun;
                within += squares(some[run], whole[run], own) / (share * (1 - share));
                degrees +=
                        (int) Arrays.stream(whole[run]).filter(size -> size > 0).count() - 1;
                between += ofRun * (own - share) * (own - share) / (share * (1 - share));
                runs++;
            }
        }
        boolean slow = isOneSlow(some, whole, k, n);
        double ofBlocks = degrees == 0 ? 1 : within / degrees;
        return withRuns(ofBlocks, degrees, between, runs, blocks, slow);
    }

    /**
     * Of runs whose own dispersion is known.
     *
     * @param counted how many were counted in each run
     * @param all of how many
     * @param own the dispersion of each
     */
    public static Dispersion ofRuns(long[] counted, long[] all, List<Dispersion> own) {
        double share =
                (double) Arrays.stream(counted).sum() / Arrays.stream(all).sum();
        double within = 0;
        double degrees = 0;
        int blocks = 0;
        for (Dispersion each : own) {
            if (Double.isFinite(each.degrees)) {
                within += each.factor * each.degrees;
                degrees += each.degrees;
            }
            blocks += each.blocks;
        }
        double between = 0;
        for (int run = 0; run < all.length && share > 0 && share < 1; run++) {
            double off = (double) counted[run] / all[run] - share;
            between += all[run] * off * off / (share * (1 - share));
        }
        return withRuns(
                degrees == 0 ? 1 : within / degrees,
                degrees == 0 ? Double.POSITIVE_INFINITY : degrees,
                between,
                all.length,
                blocks,
                false);
    }

    /** What the runs add is known from few of them: Satterthwaite's degrees of freedom of the sum. */
    private static Dispersion withRuns(
            double ofBlocks, double degrees, double between, int runs, int blocks, boolean slow) {
        double base = Math.max(1, ofBlocks);
        double more = runs < 2 ? 0 : Math.max(0, between / (runs - 1) - base);
        if (more == 0) {
            return new Dispersion(ofBlocks, degrees, blocks, slow);
        }
        double total = base + more;
        double own = degrees == 0 ? 0 : base * base / degrees;
        return new Dispersion(total, total * total / (own + more * more / (runs - 1)), blocks, slow);
    }

    private static double squares(long[] some, long[] whole, double share) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            if (whole[i] > 0) {
                double off = some[i] - whole[i] * share;
                sum += off * off / whole[i];
            }
        }
        return sum;
    }

    /** Each of as many slices, but for one more where that does not come out even. */
    private static long[] blocks(long[] slices) {
        int count = slices.length < BLOCKS ? slices.length : slices.length / (slices.length / BLOCKS);
        long[] blocks = new long[count];
        for (int i = 0; i < slices.length; i++) {
            blocks[(int) ((long) i * count / slices.length)] += slices[i];
        }
        return blocks;
    }

    private static boolean isOneSlow(long[][] some, long[][] whole, long k, long n) {
        int blocks = Arrays.stream(some).mapToInt(run -> run.length).sum();
        for (int run = 0; run < some.length; run++) {
            for (int i = 0; i < some[run].length; i++) {
                double part = Math.min(1, (double) whole[run][i] / n);
                double chance = some[run][i] == 0
                        ? 1
                        : BinomialDistribution.of(Math.toIntExact(k), part)
                                .survivalProbability(Math.toIntExact(some[run][i] - 1));
                if (chance * blocks < RARE) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long sum(long[][] counts) {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** Whether too few blocks, one of them slow, leave open whether that is the rule or a chance. */
    public boolean isUnclear() {
        return blocks > 0 && blocks < FEW && slowBlock;
    }

    /**
     * By what counts are to be divided.
     *
     * @param confidence of the bound, one-sided
     * @return at least 1; infinite where all came in one block
     */
    public double divisor(double confidence) {
        if (Double.isInfinite(degrees)) {
            return Math.max(1, factor);
        }
        if (degrees < 1) {
            return Double.POSITIVE_INFINITY;
        }
        double normal = NormalDistribution.of(0, 1).inverseCumulativeProbability(confidence);
        double student = TDistribution.of(degrees).inverseCumulativeProbability(confidence);
        double ratio = student / normal;
        return Math.max(1, factor * ratio * ratio);
    }
}
