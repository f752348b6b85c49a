package dev.llmload.report.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How far a test is among its levels, and about how long it will still take: what is to come is taken to last as long as
 * what ran so far, on average. Safe for use by any thread.
 */
public final class TestClock {
    private final List<String> levels;
    private final int repeat;
    private final LongSupplier clock;
    private final List<Long> starts = new ArrayList<>();
    private String current = "";
    private int run = 1;

    /**
     * For one test.
     *
     * @param levels their names, in the order of running
     * @param repeat how often each runs
     * @param clock nanoseconds, like {@link System#nanoTime()}
     */
    public TestClock(List<String> levels, int repeat, LongSupplier clock) {
        this.levels = List.copyOf(levels);
        this.repeat = Math.max(1, repeat);
        this.clock = clock;
    }

    /** A run of a level begins: the one of this number, from 1. */
    public synchronized void run(int number) {
        run = Math.max(1, number);
    }

    /** Which level this is, from 1; 0 if it is none of them, for example the warm-up. */
    public int number(String level) {
        return levels.indexOf(level) + 1;
    }

    /** How many levels the test has. */
    public int levels() {
        return levels.size();
    }

    /**
     * How long the test will still take.
     *
     * @param level that runs
     * @param remaining of it; negative if that is not known
     * @return negative if that is not known
     */
    public synchronized Duration remaining(String level, Duration remaining) {
        int number = number(level);
        if (number == 0) {
            return Duration.ofSeconds(-1);
        }
        String now = level + "/" + run;
        if (!now.equals(current)) {
            current = now;
            starts.add(clock.getAsLong());
        }
        if (remaining.isNegative()) {
            return remaining;
        }
        long until = clock.getAsLong() - starts.get(0) + remaining.toNanos();
        int toCome = levels.size() * repeat - (number - 1) * repeat - run;
        return remaining.plusNanos(until / starts.size() * Math.max(0, toCome));
    }
}
