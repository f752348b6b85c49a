package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * Where GPU telemetry comes from on this host.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum GpuSource {
    /** NVML, then nvidia-smi; the run says which and why. */
    AUTO,
    /** NVIDIA's management library. */
    NVML,
    /** NVIDIA's program, a child process for each reading. */
    NVIDIA_SMI,
    /** None: metrics of the GPU are not measured. */
    NONE
}
