package dev.llmload.result.request;

/** What is odd about the usage of one request. */
public enum UsageFlaw {
    /** Nothing; also where there is no usage at all. */
    NONE,
    /** It counts no output token, though token events came: the number of output tokens is unknown. */
    ZERO,
    /**
     * It counts fewer output tokens than the events that it came with, as a count of each chunk alone does, or less than a
     * tenth of the token events, which is less than one for each character: the number of output tokens is unknown.
     */
    TOO_FEW,
    /** Its count of output tokens is no whole number from 0 to 2^31 − 1: the number of output tokens is unknown. */
    UNREADABLE,
    /**
     * Its total exceeds prompt and completion by more than its details explain. The excess counts as hidden reasoning, so
     * output tokens hold it and streamed ones do not.
     */
    UNEXPLAINED_TOTAL
}
