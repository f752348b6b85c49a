package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * Which way a broken validity check moves a measured value.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Bias {
    /** The measured value is higher than the truth, or equal. */
    UP,
    /** The measured value is lower than the truth, or equal. */
    DOWN,
    /** Either way. */
    UNKNOWN
}
