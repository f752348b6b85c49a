package dev.llmload.spi;

import dev.llmload.result.GpuSample;
import org.apiguardian.api.API;

/**
 * Takes what a {@link TelemetrySource} read. Called on the thread that reads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface GpuReadings {
    /**
     * A device was read.
     *
     * @param sample what it said; its instant is when this device was read, on the {@link System#nanoTime()} clock
     */
    void sample(GpuSample sample);

    /**
     * A device could not be read this time.
     *
     * @param uuid of the device
     * @param reason a sentence for users
     */
    void missed(String uuid, String reason);

    /**
     * A device is gone for good: fallen off the bus, or in need of a reset.
     *
     * @param uuid of the device
     * @param nanos when that was noticed, on the clock of the samples
     * @param reason a sentence for users
     */
    void lost(String uuid, long nanos, String reason);
}
