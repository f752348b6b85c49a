package dev.llmload.gpu;

/**
 * From some instant on a GPU could not be read any more.
 *
 * @param uuid of the device
 * @param nanos when that was noticed, on the {@link System#nanoTime()} clock
 * @param reason a sentence for users
 */
public record GpuLoss(String uuid, long nanos, String reason) {}
