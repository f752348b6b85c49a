package dev.llmload.load.preflight;

/** The endpoint wants another API key, or one at all. Who knows where the key comes from says so. */
public final class KeyRefusedException extends EndpointUnusableException {
    private static final long serialVersionUID = 1L;

    KeyRefusedException(String message) {
        super(message);
    }

    /**
     * The same with where to look.
     *
     * @param variable of the environment that holds the key
     */
    public EndpointUnusableException at(String variable) {
        return new EndpointUnusableException(
                getMessage() + ": check the environment variable " + variable + ", which holds the API key", requests());
    }
}
