package dev.llmload.load;

import dev.llmload.result.text.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits between two levels until the endpoint says that nothing is in work or waiting; where it does not say, the whole
 * time. Used by one thread; clock and waiting are the caller's.
 */
final class CoolDown {
    /** How long between two looks. */
    static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Supplier<OptionalDouble> active;
    private final LongSupplier clock;
    private final LongConsumer pause;
    private final BooleanSupplier stopped;
    private final LoadListener listener;

    /**
     * Of one endpoint.
     *
     * @param active asks it how many requests are in work or waiting; empty if it does not say
     * @param clock nanoseconds, like {@link System#nanoTime()}
     * @param pause waits so many nanoseconds, or less once {@code stopped}
     * @param stopped whether nobody wants the next level any more
     * @param listener told what is waited for
     */
    CoolDown(
            Supplier<OptionalDouble> active,
            LongSupplier clock,
            LongConsumer pause,
            BooleanSupplier stopped,
            LoadListener listener) {
        this.active = active;
        this.clock = clock;
        this.pause = pause;
        this.stopped = stopped;
        this.listener = listener;
    }

    /**
     * Waits.
     *
     * @param level that comes next
     * @param limit longest time
     * @return what a reader should know; empty if the endpoint was found idle
     */
    Optional<String> before(String level, Duration limit) {
        long begun = clock.getAsLong();
        String what = "the endpoint to be idle before " + level;
        listener.waiting(what, Duration.ZERO, limit);
        OptionalDouble last = OptionalDouble.empty();
        while (!stopped.getAsBoolean()) {
            OptionalDouble now = active.get();
            if (now.isPresent() && now.getAsDouble() == 0) {
                return Optional.empty();
            }
            last = now.isPresent() ? now : last;
            Duration elapsed = Duration.ofNanos(clock.getAsLong() - begun);
            long left = limit.minus(elapsed).toNanos();
            if (left <= 0) {
                return Optional.of(sentence(level, limit, last));
            }
            listener.waiting(
                    last.isPresent()
                            ? what
                            : "the cool-down before " + level + " (the endpoint does not say if it is idle)",
                    elapsed,
                    limit);
            pause.accept(Math.min(left, LOOK_NANOS));
        }
        return Optional.empty();
    }

    private static String sentence(String level, Duration limit, OptionalDouble last) {
        String time = "the whole cool-down of " + DurationText.of(limit) + " before " + level;
        return last.isPresent()
                ? "after " + time + " the endpoint was not idle: "
                        + BigDecimal.valueOf(last.getAsDouble())
                                .stripTrailingZeros()
                                .toPlainString()
                        + " requests were in work or waiting, of whomever"
                : time + " was waited, because the endpoint does not say if it is idle";
    }
}
