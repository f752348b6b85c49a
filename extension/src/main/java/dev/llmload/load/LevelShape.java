package dev.llmload.load;

import dev.llmload.result.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the slots of one run start and when they stop.
 *
 * @param name of the level, or {@code warm-up}
 * @param warmUp whether this is the warm-up: no ramp-in, no window
 * @param slots users
 * @param requests measured requests, 0 for no limit
 * @param duration of the window, if limited
 * @param startGapNanos between the starts of two slots
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
        Duration maxDuration,
        Optional<Duration> deadline) {
    /** Connections are opened no faster than this: 32 in 100 ms. */
    static final long CONNECT_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100) / 32;

    /**
     * A measured level: slots start spread over the mean duration of a request, but never faster than connections may
     * be opened.
     */
    static LevelShape of(ClosedLoop plan, Duration meanE2e) {
        long gap = Math.max(meanE2e.toNanos() / plan.concurrency(), CONNECT_GAP_NANOS);
        return new LevelShape(
                plan.level().name(),
                false,
                plan.concurrency(),
                plan.requests(),
                plan.duration(),
                gap,
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
        return new WindowClock(slots, requests, nanos, words, onMark);
    }
}
