package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import dev.llmload.result.text.CountText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Users who become more, or fewer, evenly over the window. The window opens when each of the first ones has finished one
 * request, as that of a {@link ClosedLoop} does; from then on one after the other joins, or sends no more requests.
 *
 * @param from users when the window opens, at least 1
 * @param to users when it closes, at least 1 and not {@code from}
 * @param length of the window
 * @param thinkTime between an answer and the user's next request
 */
public record UserRamp(int from, int to, Duration length, ThinkTime thinkTime) implements OfferedLoad {
    /** Refuses a ramp that is none. */
    public UserRamp {
        if (from < 1 || to < 1 || from == to) {
            throw new IllegalArgumentException(
                    "a ramp needs two different numbers of users of at least 1, but has " + from + " and " + to);
        }
        if (length.isZero() || length.isNegative()) {
            throw new IllegalArgumentException("a ramp must be longer than 0, but was " + length.toMillis() + " ms");
        }
    }

    // What it begins as.
    private ClosedLoop first() {
        return new ClosedLoop(from, thinkTime);
    }

    private int most() {
        return Math.max(from, to);
    }

    @Override
    public Level level() {
        return new Level(from + " → " + CountText.of(to, "user"), Level.Kind.USERS, (from + to) / 2.0);
    }

    @Override
    public String kind() {
        return first().kind();
    }

    @Override
    public List<String> details() {
        return first().details();
    }

    @Override
    public boolean steady() {
        return false;
    }

    @Override
    public UserRamp seeded(long seed) {
        return new UserRamp(from, to, length, thinkTime.seeded(seed));
    }

    @Override
    public OptionalInt inSession() {
        return OptionalInt.of((from + to) / 2);
    }

    @Override
    public double leastRequests(int perUser) {
        return (double) most() * perUser;
    }

    @Override
    public double expectedInFlight(Duration meanE2e) {
        return most();
    }

    @Override
    public int mostLoops() {
        return most();
    }

    @Override
    public WindowClock window(LevelLimits limits, LevelStart start, Runnable onMark) {
        return first().window(limits, start, onMark);
    }

    @Override
    public List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start) {
        long gap = first().startGapNanos(start.meanE2e());
        List<RequestSource> sources = new ArrayList<>();
        for (int i = 0; i < most(); i++) {
            LoadLoop loop = loops.get(i % loops.size());
            VirtualUser user = new VirtualUser(level, loop, start.nanos() + i * gap, thinkTime.ofUser(i));
            int changes = i - Math.min(from, to);
            sources.add(
                    changes < 0
                            ? user
                            : from < to
                                    ? new JoiningUser(user, changeNanos(changes))
                                    : new LeavingUser(user, changeNanos(changes)));
        }
        return sources;
    }

    /**
     * When a user joins or leaves, in nanoseconds from the window's opening: in the middle of its share of the window, so
     * that their mean number is that of both ends.
     *
     * @param change how many have before it
     */
    long changeNanos(int change) {
        return Math.round(length.toNanos() * (change + 0.5) / Math.abs(to - from));
    }
}
