package dev.llmload.simulator.settings;

import java.util.SplittableRandom;

/** How the lengths of the answers are spread over their range. */
public enum Lengths {
    /** Each length of the range is as likely as any other. */
    UNIFORM {
        @Override
        public int draw(int min, int max, SplittableRandom random) {
            return random.nextInt(min, max + 1);
        }
    },
    /**
     * Lognormal, as real answers roughly are: many short ones and a long tail. The range holds the middle 95 % of them,
     * its geometric mean is the median; no length is below 1 or above ten times the range's end.
     */
    LOGNORMAL {
        @Override
        public int draw(int min, int max, SplittableRandom random) {
            // One draw from the generator, like UNIFORM, whatever the normal one takes.
            double normal = new SplittableRandom(random.nextLong()).nextGaussian();
            double median = Math.sqrt((double) min * max);
            double sigma = Math.log((double) max / min) / (2 * 1.959964);
            long length = Math.round(median * Math.exp(sigma * normal));
            return (int) Math.max(1, Math.min(length, Math.min(10L * max, Integer.MAX_VALUE)));
        }
    };

    /** A length; each call takes as many draws as any other kind's. */
    public abstract int draw(int min, int max, SplittableRandom random);
}
