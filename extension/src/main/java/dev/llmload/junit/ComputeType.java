package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * The number format in which a model's matrix products are computed; decides the device's peak.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum ComputeType {
    /** As the model's configuration says: its {@code torch_dtype}. */
    AUTO,
    /** 16 bits, IEEE half. */
    FP16,
    /** 16 bits, bfloat. */
    BF16,
    /** 8 bits, floating point. */
    FP8,
    /** 8 bits, integer. */
    INT8,
    /** 4 bits, floating point. */
    FP4
}
