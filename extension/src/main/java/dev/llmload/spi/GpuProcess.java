package dev.llmload.spi;

/**
 * A process that computes on a GPU.
 *
 * @param pid as the host counts: in a container it is another number than its own
 * @param memoryBytes GPU memory it holds, NaN if that is not known
 */
public record GpuProcess(long pid, double memoryBytes) {}
