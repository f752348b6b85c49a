package dev.llmload.result;

import dev.llmload.result.text.Printable;

/**
 * One GPU that was watched.
 *
 * @param index as its source counts; not stable over reboots
 * @param uuid what names it for good
 * @param name as the driver gives it: {@code "NVIDIA A40"}
 */
public record GpuDevice(int index, String uuid, String name) {
    /** An exporter's page is text from outside. */
    public GpuDevice {
        uuid = Printable.name(uuid);
        name = Printable.name(name);
    }
}
