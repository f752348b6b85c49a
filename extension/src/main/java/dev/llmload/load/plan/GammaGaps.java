package dev.llmload.load.plan;

import java.util.SplittableRandom;

/**
 * Gaps of mean 1 from a gamma distribution, by the method of Marsaglia and Tsang (ACM Transactions on Mathematical Software
 * 26, 2000): a cube of a normal value, accepted in more than 95 of 100 cases. Shapes below 1 are drawn one higher and
 * shortened by a power of a uniform value. Not thread-safe.
 */
final class GammaGaps implements ArrivalProcess.Gaps {
    private final double shape;
    private final double d;
    private final double c;
    private final SplittableRandom random;

    /** Gaps of a shape above 0; their variance is its inverse. */
    GammaGaps(double shape, SplittableRandom random) {
        this.shape = shape;
        this.d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        this.c = 1 / Math.sqrt(9 * d);
        this.random = random;
    }

    @Override
    public double next() {
        double value = atLeastOne();
        double shortened = shape < 1 ? value * Math.pow(1 - random.nextDouble(), 1 / shape) : value;
        return shortened / shape;
    }

    private double atLeastOne() {
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + c * normal;
            if (root > 0) {
                double cube = root * root * root;
                double uniform = 1 - random.nextDouble();
                if (Math.log(uniform) < normal * normal / 2 + d * (1 - cube + Math.log(cube))) {
                    return d * cube;
                }
            }
        }
    }
}
