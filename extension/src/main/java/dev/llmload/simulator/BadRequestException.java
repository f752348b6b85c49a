package dev.llmload.simulator;

/** A request that is refused, and how. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    BadRequestException(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    static BadRequestException invalid(String message) {
        return new BadRequestException(400, "BadRequestError", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
