package dev.llmload.load.preflight;

/** The endpoint did not get ready in the time that it was given. */
public final class NotReadyException extends EndpointUnusableException {
    private static final long serialVersionUID = 1L;

    private final String lastAnswer;

    NotReadyException(String message, String lastAnswer) {
        super(message);
        this.lastAnswer = lastAnswer;
    }

    /** What it last answered, in words. */
    String lastAnswer() {
        return lastAnswer;
    }
}
