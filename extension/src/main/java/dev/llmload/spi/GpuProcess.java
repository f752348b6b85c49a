package dev.llmload.spi;

import org.apiguardian.api.API;

/**
 * A process that computes on a GPU.
 *
 * @param pid as the host counts: in a container it is another number than its own
 * @param memoryBytes GPU memory it holds, NaN if that is not known
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuProcess(long pid, double memoryBytes) {}
