package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Requests that come by a schedule of their own, whether or not earlier ones were answered. The window opens when the
 * requests of twice the mean duration have come, so that as many are in flight as there will be and their connections are
 * open.
 *
 * @param perSecond mean rate, above 0
 * @param arrivals how the requests follow each other
 * @param seed of the schedule: the same seed and rate give the same schedule
 * @param maxInFlight most requests in flight; what is due beyond waits, and its waiting counts; 0 for no limit
 */
public record OpenLoop(double perSecond, ArrivalProcess arrivals, long seed, int maxInFlight) implements OfferedLoad {
    /** A level that nothing else ends is measured for at least so many seconds. */
    private static final double LEAST_SECONDS = 10;

    private static final long SHORTEST_LEAD_IN = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_LEAD_IN = TimeUnit.SECONDS.toNanos(30);

    /** Refuses a rate that is none. */
    public OpenLoop {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException(
                    "an open loop needs a rate above 0 requests per second, but its rate is " + perSecond);
        }
        if (maxInFlight < 0) {
            throw new IllegalArgumentException("maxInFlight must be at least 0, but was " + maxInFlight);
        }
    }

    @Override
    public Level level() {
        return Level.requestsPerSecond(perSecond);
    }

    @Override
    public String kind() {
        return "open loop";
    }

    @Override
    public List<String> details() {
        List<String> details = new ArrayList<>(List.of(arrivals.text()));
        if (maxInFlight > 0) {
            details.add(maxInFlight + " in flight at most");
        }
        return details;
    }

    @Override
    public OpenLoop seeded(long other) {
        return new OpenLoop(perSecond, arrivals, other, maxInFlight);
    }

    @Override
    public OptionalInt inSession() {
        return OptionalInt.empty();
    }

    @Override
    public double leastRequests(int perUser) {
        return perSecond * LEAST_SECONDS;
    }

    @Override
    public double expectedInFlight(Duration meanE2e) {
        return Math.max(1, perSecond * meanE2e.toNanos() / 1e9);
    }

    // A limit on what is in flight is kept by one loop, which knows all of it.
    @Override
    public int mostLoops() {
        return maxInFlight > 0 ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public WindowClock window(LevelLimits limits, LevelStart start, Runnable onMark) {
        return WindowClock.planned(
                start.nanos() + leadInNanos(start),
                limits.requests(),
                limits.durationNanos(),
                limits.durationWords(),
                onMark);
    }

    /** From the start of a level until its window opens. */
    static long leadInNanos(LevelStart start) {
        return Math.min(
                LONGEST_LEAD_IN, Math.max(SHORTEST_LEAD_IN, 2 * start.meanE2e().toNanos()));
    }

    @Override
    public List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start) {
        return sources(level, loops, start, RateCourse.steady(perSecond));
    }

    /** The same with a rate that changes. */
    List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start, RateCourse rate) {
        return IntStream.range(0, loops.size())
                .<RequestSource>mapToObj(number -> new ArrivalSource(
                        level,
                        loops.get(number),
                        new ArrivalSchedule(arrivals, rate, seed),
                        start.nanos(),
                        number,
                        loops.size(),
                        maxInFlight))
                .toList();
    }

    // What was due in the window may wait for its turn until the level's time is over.
    @Override
    public long lastSend(LevelLimits limits, LevelStart start, long closed) {
        long over = start.nanos() + limits.maxDuration().toNanos();
        return closed - over > 0 ? closed : over;
    }
}
