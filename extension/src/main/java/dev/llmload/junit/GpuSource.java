package dev.llmload.junit;

/** Where GPU telemetry comes from on this host. */
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
