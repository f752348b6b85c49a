package dev.llmload.gate;

/** The command line asks for something that is not there; the message says what, and what to do. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
