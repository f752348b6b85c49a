package dev.llmload.result;

import dev.llmload.result.text.Printable;
import org.apiguardian.api.API;

/**
 * One GPU that was watched.
 *
 * @param index as its source counts; not stable over reboots
 * @param uuid what names it for good
 * @param name as the driver gives it: {@code "NVIDIA A40"}
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuDevice(int index, String uuid, String name) {
    /** An exporter's page is text from outside. */
    public GpuDevice {
        uuid = Printable.name(uuid);
        name = Printable.name(name);
    }
}
