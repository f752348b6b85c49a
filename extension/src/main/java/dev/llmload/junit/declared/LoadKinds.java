package dev.llmload.junit.declared;

import dev.llmload.config.Durations;
import dev.llmload.config.Key;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.LlmLoad;
import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.OpenLoop;
import dev.llmload.load.plan.RateRamp;
import dev.llmload.load.plan.ThinkTime;
import dev.llmload.load.plan.UserRamp;
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
record LoadKinds(ThinkTime thinkTime, ArrivalProcess arrivals, int maxInFlight) {
    private static final String LOAD = "@LlmLoad";

    /** Reads annotation and keys; what is wrong goes to the mistakes. */
    static LoadKinds resolve(Settings settings, LlmLoad load) {
        return new LoadKinds(
                settings.value(Key.THINK_TIME, load.thinkTime(), LOAD, ThinkTime.NONE, LoadKinds::thinkTime),
                arrivals(settings, load),
                settings.wholeNumber(Key.MAX_IN_FLIGHT, load.maxInFlight(), LOAD, 0));
    }

    ClosedLoop users(int users) {
        return new ClosedLoop(users, thinkTime);
    }

    OpenLoop rate(double perSecond) {
        return new OpenLoop(perSecond, arrivals, 0, Math.max(0, maxInFlight));
    }

    /** A ramp over a window of that length. */
    UserRamp users(int from, int to, Duration length) {
        return new UserRamp(from, to, length, thinkTime);
    }

    /** A ramp over a window of that length. */
    RateRamp rate(double from, double to, Duration length) {
        return new RateRamp(from, to, length, arrivals, 0, Math.max(0, maxInFlight));
    }

    private static ArrivalProcess arrivals(Settings settings, LlmLoad load) {
        Arrivals arrivals = settings.choice(Key.ARRIVALS, load.arrivals(), LOAD);
        double burstiness = settings.value(
                Key.BURSTINESS, Double.toString(load.burstiness()), LOAD, 1.0, text -> burstiness(text, arrivals));
        return new ArrivalProcess(arrivals, arrivals == Arrivals.GAMMA ? burstiness : 1);
    }

    private static double burstiness(String text, Arrivals arrivals) {
        double burstiness = NumberReader.number(text);
        if (!(burstiness > 0) || Double.isInfinite(burstiness)) {
            throw new IllegalArgumentException("must be above 0, but was `" + text + "`");
        }
        if (burstiness != 1 && arrivals != Arrivals.GAMMA) {
            throw new IllegalArgumentException("belongs to `arrivals = GAMMA`, but was `" + text + "` and `arrivals` `"
                    + arrivals + "`: set `arrivals = GAMMA`, or leave the burstiness out");
        }
        return burstiness;
    }

    /** Tells members that mean nothing to the levels that run. */
    void check(List<LoadTestSpec.PlannedLevel> running, ConfigurationErrors mistakes) {
        if (!thinkTime.isNone()
                && running.stream().anyMatch(level -> level.load().inSession().isEmpty())) {
            mistakes.add(
                    "`thinkTime` of " + LOAD + " belongs to users, and an open loop (`requestsPerSecond`) has none");
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
