package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Requests by a schedule whose rate goes evenly from one to another over the window. Until the window opens, the first rate
 * holds, and after it the last.
 *
 * @param from requests per second when the window opens, above 0
 * @param to requests per second when it closes, above 0 and not {@code from}
 * @param length of the window
 * @param arrivals how the requests follow each other
 * @param seed of the schedule
 * @param maxInFlight most requests in flight; 0 for no limit
 */
public record RateRamp(double from, double to, Duration length, ArrivalProcess arrivals, long seed, int maxInFlight)
        implements OfferedLoad {
    /** Refuses a ramp that is none. */
    public RateRamp {
        if (!(from > 0) || Double.isInfinite(from) || !(to > 0) || Double.isInfinite(to) || from == to) {
            throw new IllegalArgumentException(
                    "a ramp needs two different rates above 0 requests per second, but has " + from + " and " + to);
        }
        if (length.isZero() || length.isNegative()) {
            throw new IllegalArgumentException("a ramp must be longer than 0, but was " + length.toMillis() + " ms");
        }
    }

    // What it is on the whole.
    private OpenLoop mean() {
        return new OpenLoop((from + to) / 2, arrivals, seed, maxInFlight);
    }

    @Override
    public Level level() {
        return new Level(plain(from) + " → " + plain(to) + " req/s", Level.Kind.REQUESTS_PER_SECOND, (from + to) / 2);
    }

    private static String plain(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }

    @Override
    public String kind() {
        return mean().kind();
    }

    @Override
    public List<String> details() {
        return mean().details();
    }

    @Override
    public boolean steady() {
        return false;
    }

    @Override
    public RateRamp seeded(long other) {
        return new RateRamp(from, to, length, arrivals, other, maxInFlight);
    }

    @Override
    public OptionalInt inSession() {
        return mean().inSession();
    }

    @Override
    public double leastRequests(int perUser) {
        return mean().leastRequests(perUser);
    }

    @Override
    public double expectedInFlight(Duration meanE2e) {
        return new OpenLoop(Math.max(from, to), arrivals, seed, maxInFlight).expectedInFlight(meanE2e);
    }

    @Override
    public int mostLoops() {
        return mean().mostLoops();
    }

    @Override
    public WindowClock window(LevelLimits limits, LevelStart start, Runnable onMark) {
        return mean().window(limits, start, onMark);
    }

    @Override
    public List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start) {
        return mean().sources(level, loops, start, course(start));
    }

    RateCourse course(LevelStart start) {
        return RateCourse.ramp(from, to, OpenLoop.leadInNanos(start), length.toNanos());
    }

    @Override
    public long lastSend(LevelLimits limits, LevelStart start, long closed) {
        return mean().lastSend(limits, start, closed);
    }
}
