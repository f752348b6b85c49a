package dev.llmload.junit;

/** Which of the two streaming interfaces an endpoint is asked through. */
public enum Api {
    /** Found out by trying, chat first. */
    AUTO,
    /** {@code /chat/completions}: messages in, deltas out. */
    CHAT,
    /** {@code /completions}: text in, text out. */
    COMPLETIONS
}
