package dev.llmload.load.send;

import dev.llmload.junit.AnswerCheck;
import java.util.SplittableRandom;

/**
 * Which answers are looked at, and by whom. The same seed takes the same requests of a level, by their numbers.
 *
 * @param check says whether an answer is right
 * @param share of the requests whose answers are looked at, above 0 and at most 1; only theirs are kept, until then
 * @param seed of the choice
 */
public record AnswerSampling(AnswerCheck check, double share, long seed) {
    /** Refuses a share that takes none, or more than all. */
    public AnswerSampling {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share must be above 0 and at most 1, but was " + share);
        }
    }

    boolean takes(int number) {
        return share == 1 || new SplittableRandom(seed + number).nextDouble() < share;
    }
}
