package dev.llmload.load.plan;

import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long a user of a closed loop thinks between an answer and its next request: uniformly between two durations.
 * Immutable.
 *
 * @param least at least 0
 * @param most at least {@code least}
 * @param seed the same seed gives each user the same pauses
 */
public record ThinkTime(Duration least, Duration most, long seed) {
    /** Nobody thinks. */
    public static final ThinkTime NONE = new ThinkTime(Duration.ZERO, Duration.ZERO, 0);

    /** Refuses a range that is none. */
    public ThinkTime {
        if (least.isNegative() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "a think time must not end before it begins, but was " + least + " to " + most);
        }
    }

    /** The same, drawn from another seed. */
    public ThinkTime seeded(long other) {
        return new ThinkTime(least, most, other);
    }

    /** Whether nobody thinks. */
    public boolean isNone() {
        return most.isZero();
    }

    /** {@code 2 s}, or {@code 500 ms..2 s}. */
    String text() {
        return least.equals(most) ? DurationText.of(least) : DurationText.of(least) + ".." + DurationText.of(most);
    }

    /** Half of the two together. */
    Duration mean() {
        return least.plus(most).dividedBy(2);
    }

    /** The pauses of one user. */
    Pauses ofUser(int user) {
        SplittableRandom random = new SplittableRandom(seed * 31 + user);
        long from = least.toNanos();
        long range = most.toNanos() - from;
        return () -> range == 0 ? from : from + random.nextLong(range + 1);
    }

    /** Draws one pause after the other. Not thread-safe. */
    interface Pauses {
        /** The next one, in nanoseconds. */
        long next();
    }
}
