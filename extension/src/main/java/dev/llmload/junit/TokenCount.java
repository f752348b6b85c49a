package dev.llmload.junit;

/** Where the number of output tokens comes from. */
public enum TokenCount {
    /** From the server's {@code usage} only; without it, token metrics are absent. */
    USAGE,
    /** From the server's {@code usage} and, where that is missing, one token per token event; such counts are marked. */
    EVENTS
}
