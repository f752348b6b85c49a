package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import java.time.Duration;
import java.util.List;

/**
 * How often a source had something new of one device. Equal readings alone prove nothing: an idle GPU, or a virtual one
 * that has neither power nor counter, says the same for good reason. They prove that nothing was renewed where a working
 * device would have moved: its counter of energy while it draws power, its power while it computes.
 *
 * @param refreshes readings that were new, as far as anybody can tell
 * @param stillNanos the longest time in which values stood still that would have moved
 */
record Freshness(int refreshes, long stillNanos) {

    /**
     * Looks at the readings of a window.
     *
     * @param readings of one device, by time
     * @param renewal how often the source renews what it keeps; zero if it asks the device
     */
    static Freshness of(List<GpuSample> readings, Duration renewal) {
        if (readings.isEmpty()) {
            return new Freshness(0, 0);
        }
        // Some devices have a counter that is always 0.
        boolean counter = readings.get(readings.size() - 1).energyJoules() > 0;
        int refreshes = 1;
        long still = 0;
        long renewed = readings.get(0).nanos();
        long moved = renewed;
        for (int i = 1; i < readings.size(); i++) {
            GpuSample before = readings.get(i - 1);
            GpuSample now = readings.get(i);
            boolean same = same(before, now);
            boolean stuck = same && wouldHaveMoved(now, counter);
            moved = stuck ? moved : now.nanos();
            still = Math.max(still, now.nanos() - moved);
            if (!same || !stuck && now.nanos() - renewed >= renewal.toNanos()) {
                refreshes++;
                renewed = now.nanos();
            }
        }
        return new Freshness(refreshes, still);
    }

    private static boolean wouldHaveMoved(GpuSample sample, boolean counter) {
        boolean counts = counter && sample.powerWatts() > 0;
        boolean computes = sample.powerWatts() > 0 && sample.smClockMhz() > 0 && sample.gpuUtil() != 0;
        return counts || computes;
    }

    private static boolean same(GpuSample one, GpuSample other) {
        return new GpuSample(
                        other.nanos(),
                        one.uuid(),
                        one.gpuUtil(),
                        one.memUtil(),
                        one.memoryUsedBytes(),
                        one.memoryTotalBytes(),
                        one.temperatureCelsius(),
                        one.powerWatts(),
                        one.energyJoules(),
                        one.smClockMhz(),
                        one.memClockMhz(),
                        one.powerLimitWatts(),
                        one.tensorActivity(),
                        one.throttle())
                .equals(other);
    }
}
