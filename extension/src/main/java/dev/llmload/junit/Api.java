package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * Which of the two streaming interfaces an endpoint is asked through.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Api {
    /** Found out by trying, chat first. */
    AUTO,
    /** {@code /chat/completions}: messages in, deltas out. */
    CHAT,
    /** {@code /completions}: text in, text out. */
    COMPLETIONS
}
