package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * So many requests by so many users, as fast as they can, before anything is measured: no ramp-in, no window, no drain.
 *
 * @param users at least 1
 */
public record WarmUpLoad(int users) implements OfferedLoad {
    private static final String NAME = "warm-up";

    /**
     * A warm-up.
     *
     * @param requests at least 1
     * @param users at least 1; no more of them start than there are requests
     * @param maxDuration longest time until no more requests are sent
     */
    public static LevelPlan of(int requests, int users, Duration maxDuration) {
        return new LevelPlan(
                new WarmUpLoad(Math.min(users, requests)),
                new LevelLimits(requests, Optional.empty(), maxDuration, Optional.empty()));
    }

    @Override
    public Level level() {
        return new Level(NAME, Level.Kind.USERS, users);
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public List<String> details() {
        return List.of();
    }

    @Override
    public WarmUpLoad seeded(long seed) {
        return this;
    }

    @Override
    public OptionalInt inSession() {
        return OptionalInt.of(users);
    }

    @Override
    public double leastRequests(int perUser) {
        return users;
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
        return WindowClock.warmUp(limits.requests(), start.nanos());
    }

    @Override
    public List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start) {
        return new ClosedLoop(users).sources(level, loops, new LevelStart(start.nanos(), Duration.ZERO));
    }
}
