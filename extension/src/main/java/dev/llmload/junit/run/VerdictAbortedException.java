package dev.llmload.junit.run;

import org.opentest4j.TestAbortedException;

/** A verdict that the user wants to abort the test, not to fail it. */
final class VerdictAbortedException extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    VerdictAbortedException(String message) {
        super(message);
    }
}
