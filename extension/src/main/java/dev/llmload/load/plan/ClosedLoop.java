package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * So many users, each of which sends its next request when its last one has ended. The window opens when every user has
 * finished one request.
 *
 * @param users at least 1
 * @param thinkTime between an answer and the user's next request
 */
public record ClosedLoop(int users, ThinkTime thinkTime) implements OfferedLoad {
    /** Connections are opened no faster than this: 32 in 100 ms. */
    private static final long CONNECT_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100) / 32;

    /** Refuses a load without users. */
    public ClosedLoop {
        if (users < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but was " + users);
        }
    }

    /** Users who do not think. */
    public ClosedLoop(int users) {
        this(users, ThinkTime.NONE);
    }

    @Override
    public Level level() {
        return Level.users(users);
    }

    @Override
    public String kind() {
        return "closed loop";
    }

    @Override
    public List<String> details() {
        return thinkTime.isNone() ? List.of() : List.of("think time " + thinkTime.text());
    }

    @Override
    public ClosedLoop seeded(long seed) {
        return new ClosedLoop(users, thinkTime.seeded(seed));
    }

    @Override
    public OptionalInt inSession() {
        return OptionalInt.of(users);
    }

    @Override
    public double leastRequests(int perUser) {
        return (double) users * perUser;
    }

    @Override
    public double expectedInFlight(Duration meanE2e) {
        return users;
    }

    @Override
    public int mostLoops() {
        return users;
    }

    @Override
    public WindowClock window(LevelLimits limits, LevelStart start, Runnable onMark) {
        return new WindowClock(users, limits.requests(), limits.durationNanos(), limits.durationWords(), onMark);
    }

    @Override
    public List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start) {
        long gap = startGapNanos(start.meanE2e());
        return IntStream.range(0, users)
                .<RequestSource>mapToObj(user -> new VirtualUser(
                        level, loops.get(user % loops.size()), start.nanos() + user * gap, thinkTime.ofUser(user)))
                .toList();
    }

    // Spread over the mean duration of a request, but never faster than connections may be opened.
    long startGapNanos(Duration meanE2e) {
        return Math.max(meanE2e.plus(thinkTime.mean()).toNanos() / users, CONNECT_GAP_NANOS);
    }
}
