package dev.llmload.junit.run;

import org.opentest4j.TestAbortedException;

/** An invocation that does not run, because of what came before it. */
final class NotRunException extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    NotRunException(String message) {
        super(message);
    }
}
