package dev.llmload.load;

import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the sources of one run (users, or the loops of a schedule) start and when they stop.
 *
 * @param name of the level, or {@code warm-up}
 * @param warmUp whether this is the warm-up: no ramp-in, no window
 * @param slots users
 * @param requests measured requests, 0 for no limit
 * @param duration of the window, if limited
 * @param startGapNanos between the starts of two slots
 * @param open the schedule of an open loop; empty for a closed one
 * @param leadInNanos of an open loop: from its start until the window opens
 * @param thinkTime of the slots
 * @param maxDuration from the start until no more requests are sent
 * @param deadline from the start until what is in flight is cut off
 */
record LevelShape(
        String name,
        boolean warmUp,
        int slots,
        int requests,
        Optional<Duration> duration,
        long startGapNanos,
        Optional<OpenLoop> open,
        long leadInNanos,
        ThinkTime thinkTime,
        Duration maxDuration,
        Optional<Duration> deadline) {
    /** Connections are opened no faster than this: 32 in 100 ms. */
    static final long CONNECT_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100) / 32;

    private static final long SHORTEST_LEAD_IN = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_LEAD_IN = TimeUnit.SECONDS.toNanos(30);

    /**
     * A measured level: slots start spread over the mean duration of a request, but never faster than connections may
     * be opened.
     */
    static LevelShape of(ClosedLoop plan, Duration meanE2e) {
        long cycle = meanE2e.plus(plan.thinkTime().mean()).toNanos();
        long gap = Math.max(cycle / plan.concurrency(), CONNECT_GAP_NANOS);
        return new LevelShape(
                plan.level().name(),
                false,
                plan.concurrency(),
                plan.requests(),
                plan.duration(),
                gap,
                Optional.empty(),
                0,
                plan.thinkTime(),
                plan.maxDuration(),
                plan.deadline());
    }

    /**
     * A measured level of an open loop: its window opens when the requests of twice the mean duration have come, so that as
     * many are in flight as there will be and their connections are open.
     */
    static LevelShape of(OpenLoop plan, Duration meanE2e) {
        long leadIn = Math.min(LONGEST_LEAD_IN, Math.max(SHORTEST_LEAD_IN, 2 * meanE2e.toNanos()));
        return new LevelShape(
                plan.level().name(),
                false,
                0,
                plan.requests(),
                plan.duration(),
                0,
                Optional.of(plan),
                leadIn,
                ThinkTime.NONE,
                plan.maxDuration(),
                plan.deadline());
    }

    /** So many requests by so many slots, as fast as they can. */
    static LevelShape warmUp(int requests, int slots, Duration maxDuration) {
        return new LevelShape(
                "warm-up",
                true,
                Math.min(slots, requests),
                requests,
                Optional.empty(),
                CONNECT_GAP_NANOS,
                Optional.empty(),
                0,
                ThinkTime.NONE,
                maxDuration,
                Optional.empty());
    }

    WindowClock clock(long now, Runnable onMark) {
        if (warmUp) {
            return WindowClock.warmUp(requests, duration.map(Duration::toNanos).orElse(0L), now);
        }
        long nanos = duration.map(Duration::toNanos).orElse(0L);
        String words =
                duration.map(value -> "duration " + DurationText.of(value)).orElse("");
        return open.isPresent()
                ? WindowClock.planned(now + leadInNanos, requests, nanos, words, onMark)
                : new WindowClock(slots, requests, nanos, words, onMark);
    }
}
