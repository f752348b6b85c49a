package dev.llmload.spi;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Something that can be asked what GPUs do now: a driver's library, a program, a scraped page, a simulator. Used by one
 * thread at a time; a reading may block and is never taken on a thread that offers load.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TelemetrySource extends AutoCloseable {
    /**
     * What it is called in results.
     *
     * @return {@code "nvml"}, {@code "nvidia-smi"}, {@code "simulator"}, …
     */
    String name();

    /**
     * The GPUs it reads, as they were when it was opened.
     *
     * @return at least one, in the source's order
     */
    List<GpuFacts> devices();

    /**
     * What a user should know of it: how it reads, which metrics it does not have and why, which devices it leaves out.
     *
     * @return sentences, most important first
     */
    default List<String> notes() {
        return List.of();
    }

    /**
     * The shortest time between two readings that makes sense: what a reading takes, or how often the values change
     * where they are kept. A sampler never reads more often.
     *
     * @return zero, unless the source is slower than the 100 ms that are the shortest period of all
     */
    default Duration shortestPeriod() {
        return Duration.ZERO;
    }

    /**
     * How old a value may be that was read: how often a source renews what it keeps. Values that stand still for longer
     * although the device works are stale.
     *
     * @return zero, unless the source keeps values rather than asking the device
     */
    default Duration renewal() {
        return Duration.ZERO;
    }

    /**
     * Reads every device once, now. Says of each either a sample, or that this reading failed, or that the device is
     * lost; a lost device is not asked again. Throws nothing for a device that fails.
     *
     * @param readings takes what was read
     */
    void read(GpuReadings readings);

    /** Gives back what it holds. Further calls do nothing; readings after it say that every device is lost. */
    @Override
    void close();
}
