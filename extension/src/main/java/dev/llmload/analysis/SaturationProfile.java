package dev.llmload.analysis;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * How well T(u) = Vmax·u/(K + u) can be made to fit for each K: with K fixed the curve is linear in Vmax, so that its best
 * Vmax, its residue and the range of Vmax within a residue have closed forms. From these come a start for the fit and its
 * profile intervals: what holds with a residue of at most SSE·(1 + F(1, n−2; 95 %)/(n−2)) (D. M. Bates and D. G. Watts,
 * Nonlinear Regression Analysis and Its Applications, section 6.1). Unlike an interval of the standard error they stay
 * true where the data hardly determine the curve, and say so by having no end. Immutable.
 */
final class SaturationProfile {
    private static final double CONFIDENCE = 0.95;
    /** How finely K is searched: points over the decades from a thousandth of the first level to a million of the last. */
    private static final int GRID = 1200;

    private final double[] users;
    private final double[] throughput;
    private final double[] grid = new double[GRID + 1];

    SaturationProfile(double[] users, double[] throughput) {
        this.users = users.clone();
        this.throughput = throughput.clone();
        double low = users[0] * 1e-3;
        double high = users[users.length - 1] * 1e6;
        for (int i = 0; i <= GRID; i++) {
            grid[i] = low * Math.pow(high / low, (double) i / GRID);
        }
    }

    /** Where K fits best on the grid; its ends mean that the best is beyond them. */
    double best() {
        double best = grid[0];
        for (double k : grid) {
            best = residue(k) < residue(best) ? k : best;
        }
        return best;
    }

    /** Whether throughput grows in proportion to users or faster: no curve that levels off fits better. */
    boolean isStraight() {
        return best() == grid[GRID];
    }

    /** Whether throughput does not grow with users: the curve has levelled off before the first level. */
    boolean isFlat() {
        return best() == grid[0];
    }

    /** The Vmax that fits best with this K. */
    double vmax(double k) {
        double above = 0;
        double below = 0;
        for (int i = 0; i < users.length; i++) {
            double share = users[i] / (k + users[i]);
            above += share * throughput[i];
            below += share * share;
        }
        return above / below;
    }

    /** Sum of squares that this K leaves. */
    double residue(double k) {
        double vmax = vmax(k);
        double sum = 0;
        for (int i = 0; i < users.length; i++) {
            double off = throughput[i] - vmax * users[i] / (k + users[i]);
            sum += off * off;
        }
        return sum;
    }

    /** The residue up to which a curve counts as possible. */
    double threshold(double least) {
        int df = users.length - 2;
        double f = new FDistribution(1, df).inverseCumulativeProbability(CONFIDENCE);
        return least * (1 + f / df);
    }

    /** Which K are possible. */
    Range halfSaturation(double best, double threshold) {
        DoubleUnaryOperator over = k -> residue(k) - threshold;
        double low = over.applyAsDouble(grid[0]) <= 0 ? 0 : root(over, grid[0], best);
        // Beyond the grid the curve is a straight line through the origin.
        double high = over.applyAsDouble(grid[GRID]) <= 0 ? Double.POSITIVE_INFINITY : root(over, best, grid[GRID]);
        return new Range(Math.min(low, best), Math.max(high, best));
    }

    /** Which values T(u)·scale(K, u) are possible, over every possible K. */
    Range extent(Range possible, double threshold, DoubleUnaryOperator scale) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double from = Math.max(possible.low(), grid[0]);
        double to = possible.isBounded() ? Math.max(possible.high(), from) : grid[GRID];
        for (int i = 0; i <= GRID; i++) {
            double k = from * Math.pow(to / from, (double) i / GRID);
            double spread = Math.sqrt(Math.max(0, threshold - residue(k)) / weight(k));
            double factor = scale.applyAsDouble(k);
            low = Math.min(low, (vmax(k) - spread) * factor);
            high = Math.max(high, (vmax(k) + spread) * factor);
        }
        return new Range(Math.max(0, Math.min(low, high)), high);
    }

    private double weight(double k) {
        double sum = 0;
        for (double u : users) {
            sum += u / (k + u) * (u / (k + u));
        }
        return sum;
    }

    private static double root(DoubleUnaryOperator over, double from, double to) {
        double atFrom = over.applyAsDouble(from);
        double atTo = over.applyAsDouble(to);
        if (atFrom == 0 || atTo == 0 || atFrom > 0 == atTo > 0) {
            return Math.abs(atFrom) < Math.abs(atTo) ? from : to; // no residue at all: the interval is a point
        }
        return new BrentSolver(1e-10, 1e-12).solve(1000, over::applyAsDouble, from, to);
    }
}
