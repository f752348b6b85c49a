package dev.llmload.model;

/**
 * The devices that serve a model.
 *
 * @param gpus how many, at least 1
 * @param peak of each
 */
public record Hardware(int gpus, DevicePeak peak) {
    /** Refuses none. */
    public Hardware {
        if (gpus < 1) {
            throw new IllegalArgumentException("`gpus` must be at least 1, but was " + gpus);
        }
    }

    /** FLOPs per second of all of them. */
    public double flops() {
        return gpus * peak.flops();
    }
}
