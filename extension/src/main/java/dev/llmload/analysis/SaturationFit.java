package dev.llmload.analysis;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * The curve T(u) = Vmax·u/(K + u) through the throughput of the levels, by unweighted least squares (Levenberg and
 * Marquardt): throughput that levels off at Vmax and has half of it at K users, the form of L. Michaelis and M. L. Menten,
 * "Die Kinetik der Invertinwirkung", Biochemische Zeitschrift 49 (1913). It describes what was measured; it knows of no
 * batch limit, no memory and no roofline, so that what it says far beyond the levels is no prediction. Immutable.
 */
public final class SaturationFit {
    /** With fewer levels than this a fit is no more than indicative. */
    public static final int ENOUGH_LEVELS = 5;

    /** Nothing is predicted beyond so many times the highest level tested. */
    public static final double REACH = 2;

    private static final int LEAST_LEVELS = 3;

    private final SaturationProfile profile;
    private final double highestTested;
    private final double vmax;
    private final double k;
    private final double sse;
    private final double rSquared;
    private final int degreesOfFreedom;
    private final double threshold;
    private final Range possibleK;

    private SaturationFit(SaturationProfile profile, double[] users, double[] throughput, double vmax, double k) {
        this.profile = profile;
        this.highestTested = users[users.length - 1];
        this.vmax = vmax;
        this.k = k;
        double mean = Arrays.stream(throughput).average().orElseThrow();
        double residue = 0;
        double total = 0;
        for (int i = 0; i < users.length; i++) {
            residue += square(throughput[i] - at(users[i]));
            total += square(throughput[i] - mean);
        }
        this.sse = residue;
        this.rSquared = 1 - residue / total;
        this.degreesOfFreedom = users.length - 2;
        this.threshold = profile.threshold(residue);
        this.possibleK = profile.halfSaturation(k, threshold);
    }

    /**
     * Fits the curve.
     *
     * @param users of each level, in strictly rising order, above 0
     * @param throughput of each level, tok/s, above 0
     * @return empty if there are fewer than three levels, or throughput grows in proportion to users (or faster), or does
     *     not grow at all: then no such curve is determined
     */
    public static Optional<SaturationFit> of(double[] users, double[] throughput) {
        check(users, throughput);
        if (users.length < LEAST_LEVELS) {
            return Optional.empty();
        }
        SaturationProfile profile = new SaturationProfile(users, throughput);
        if (profile.isStraight() || profile.isFlat()) {
            return Optional.empty();
        }
        double start = profile.best();
        Optimum optimum = new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(1e-15)
                .withParameterRelativeTolerance(1e-13)
                .optimize(new LeastSquaresBuilder()
                        .start(new double[] {profile.vmax(start), start})
                        .target(throughput)
                        .model(point -> curve(users, point.getEntry(0), point.getEntry(1)))
                        .maxEvaluations(10_000)
                        .maxIterations(10_000)
                        .build());
        double vmax = optimum.getPoint().getEntry(0);
        double k = optimum.getPoint().getEntry(1);
        return Optional.of(new SaturationFit(profile, users, throughput, vmax, k));
    }

    /**
     * Why {@link #of} gives none.
     *
     * @param users as there
     * @param throughput as there
     * @return half a sentence; empty if it gives one
     */
    static String whyNone(double[] users, double[] throughput) {
        check(users, throughput);
        if (users.length < LEAST_LEVELS) {
            return "a curve needs at least " + LEAST_LEVELS + " levels with throughput, and there are " + users.length;
        }
        SaturationProfile profile = new SaturationProfile(users, throughput);
        return profile.isStraight()
                ? "throughput grows in proportion to users or faster, so that it levels off nowhere in sight"
                : profile.isFlat() ? "throughput does not grow with users" : "";
    }

    private static Pair<RealVector, RealMatrix> curve(double[] users, double vmax, double k) {
        double[] values = new double[users.length];
        double[][] slopes = new double[users.length][];
        for (int i = 0; i < users.length; i++) {
            double share = users[i] / (k + users[i]);
            values[i] = vmax * share;
            slopes[i] = new double[] {share, -vmax * share / (k + users[i])};
        }
        return new Pair<>(new ArrayRealVector(values, false), new Array2DRowRealMatrix(slopes, false));
    }

    private static void check(double[] users, double[] throughput) {
        if (users.length != throughput.length) {
            throw new IllegalArgumentException("users and throughput must be of one length, but were " + users.length
                    + " and " + throughput.length);
        }
        for (int i = 0; i < users.length; i++) {
            if (!(users[i] > (i == 0 ? 0 : users[i - 1])) || !(throughput[i] > 0)) {
                throw new IllegalArgumentException("users must rise from above 0 and throughput be above 0, but level "
                        + (i + 1) + " has " + users[i] + " and " + throughput[i]);
            }
        }
    }

    /** Where throughput levels off, tok/s. */
    public double vmax() {
        return vmax;
    }

    /** The users at which it is half of that. */
    public double k() {
        return k;
    }

    /** Sum of the squared distances from the levels, (tok/s)². */
    public double sse() {
        return sse;
    }

    /** Share of the variance between levels that the curve explains, at most 1. Near 1 for any smooth rise. */
    public double rSquared() {
        return rSquared;
    }

    /** Levels − 2. */
    public int degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** Whether there are too few levels to take it for more than an indication. */
    public boolean isIndicative() {
        return degreesOfFreedom + 2 < ENOUGH_LEVELS;
    }

    /** Profile interval of 95 % for {@link #vmax()}; without an upper end where the levels do not bound it. */
    public Range vmax95() {
        Range extent = profile.extent(possibleK, threshold, anyK -> 1);
        return possibleK.isBounded() ? extent : new Range(extent.low(), Double.POSITIVE_INFINITY);
    }

    /** Profile interval of 95 % for {@link #k()}; without an upper end where the levels do not bound it. */
    public Range k95() {
        return possibleK;
    }

    /**
     * The curve.
     *
     * @param users any number, at least 0
     * @return tok/s
     */
    public double at(double users) {
        return vmax * users / (k + users);
    }

    /**
     * Profile interval of 95 % for the curve, not for a further measurement.
     *
     * @param users any number above 0
     * @return tok/s
     */
    public Range band(double users) {
        return profile.extent(possibleK, threshold, anyK -> users / (anyK + users));
    }

    /** Where the curve has this share, above 0 and below 1, of {@link #vmax()}: k·share/(1 − share) users. */
    public double usersAt(double share) {
        return k * share / (1 - share);
    }

    /** Users up to which it may be drawn: twice the highest level tested. */
    public double reach() {
        return REACH * highestTested;
    }

    private static double square(double value) {
        return value * value;
    }
}
