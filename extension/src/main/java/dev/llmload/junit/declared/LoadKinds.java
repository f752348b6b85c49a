package dev.llmload.junit.declared;

import dev.llmload.config.Durations;
import dev.llmload.config.Key;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.LlmLoad;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.OpenLoop;
import dev.llmload.load.plan.ThinkTime;
import java.time.Duration;
import java.util.List;

/**
 * Makes the loads of a test: what its levels name, with the members of {@link LlmLoad} that belong to each kind. Everything
 * random gets its seed when a level begins.
 *
 * @param thinkTime of users
 * @param arrivals of rates
 * @param maxInFlight of rates
 */
record LoadKinds(ThinkTime thinkTime, Arrivals arrivals, int maxInFlight) {
    private static final String LOAD = "@LlmLoad";

    /** Reads annotation and keys; what is wrong goes to the mistakes. */
    static LoadKinds resolve(Settings settings, LlmLoad load) {
        return new LoadKinds(
                settings.value(Key.THINK_TIME, load.thinkTime(), LOAD, ThinkTime.NONE, LoadKinds::thinkTime),
                settings.choice(Key.ARRIVALS, load.arrivals(), LOAD),
                settings.wholeNumber(Key.MAX_IN_FLIGHT, load.maxInFlight(), LOAD, 0));
    }

    ClosedLoop users(int users) {
        return new ClosedLoop(users, thinkTime);
    }

    OpenLoop rate(double perSecond) {
        return new OpenLoop(perSecond, arrivals, 0, Math.max(0, maxInFlight));
    }

    /** Tells members that mean nothing to the levels that run. */
    void check(List<LoadTestSpec.PlannedLevel> running, ConfigurationErrors mistakes) {
        if (!thinkTime.isNone() && running.stream().anyMatch(level -> level.load().inSession().isEmpty())) {
            mistakes.add("`thinkTime` of " + LOAD
                    + " belongs to users, and an open loop (`requestsPerSecond`) has none");
        }
    }

    // "2s", or "0.5s..2s" for anything between.
    private static ThinkTime thinkTime(String text) {
        if (text.isBlank()) {
            return ThinkTime.NONE;
        }
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(
                    "must be a duration or a range of two, such as `0.5s..2s`, but was `" + text + "`");
        }
        Duration least = Durations.parse(ends[0]);
        Duration most = Durations.parse(ends[ends.length - 1]);
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException("must not end before it begins, but was `" + text + "`");
        }
        return new ThinkTime(least, most, 0);
    }
}
