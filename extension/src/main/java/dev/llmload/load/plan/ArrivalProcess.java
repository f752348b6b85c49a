package dev.llmload.load.plan;

import dev.llmload.junit.Arrivals;
import java.util.SplittableRandom;

/**
 * How the requests of an open loop follow each other, whatever their rate. Immutable.
 *
 * @param arrivals the kind
 * @param burstiness shape of the gamma distribution of the gaps, above 0: below 1 they come in bursts, 1 is Poisson, above
 *     it they are more regular; 1 of the other kinds
 */
public record ArrivalProcess(Arrivals arrivals, double burstiness) {
    /** Independent of each other. */
    public static final ArrivalProcess POISSON = new ArrivalProcess(Arrivals.POISSON, 1);

    /** One gap like the other. */
    public static final ArrivalProcess CONSTANT = new ArrivalProcess(Arrivals.CONSTANT, 1);

    /** Refuses a burstiness that is none, and one that means nothing. */
    public ArrivalProcess {
        if (!(burstiness > 0) || Double.isInfinite(burstiness)) {
            throw new IllegalArgumentException("burstiness must be above 0, but was " + burstiness);
        }
        if (arrivals != Arrivals.GAMMA && burstiness != 1) {
            throw new IllegalArgumentException(
                    "burstiness belongs to GAMMA arrivals, but they are " + arrivals + " and it is " + burstiness);
        }
    }

    /** Gaps drawn from a gamma distribution. */
    public static ArrivalProcess gamma(double burstiness) {
        return new ArrivalProcess(Arrivals.GAMMA, burstiness);
    }

    /** {@code POISSON arrivals}, {@code GAMMA arrivals (burstiness 0.5)}. */
    String text() {
        return arrivals + " arrivals" + (arrivals == Arrivals.GAMMA ? " (burstiness " + burstiness + ")" : "");
    }

    /** The gaps; the same seed draws the same. */
    Gaps gaps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (arrivals) {
            // The inverse of the exponential distribution; 1 − u lies above 0.
            case POISSON -> () -> -Math.log(1 - random.nextDouble());
            case CONSTANT ->
                new Gaps() {
                    private boolean first = true;

                    @Override
                    public double next() {
                        double gap = first ? 0 : 1;
                        first = false;
                        return gap;
                    }
                };
            case GAMMA -> new GammaGaps(burstiness, random);
        };
    }

    /** Draws one gap after the other, the first from the beginning of the schedule. Not thread-safe. */
    interface Gaps {
        /** The next gap, at least 0; their mean is 1. */
        double next();
    }
}
