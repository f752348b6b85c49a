package dev.llmload.result;

/** Which way a broken validity check moves a measured value. */
public enum Bias {
    /** The measured value is higher than the truth, or equal. */
    UP,
    /** The measured value is lower than the truth, or equal. */
    DOWN,
    /** Either way. */
    UNKNOWN
}
