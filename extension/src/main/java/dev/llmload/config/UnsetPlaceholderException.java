package dev.llmload.config;

/** A placeholder without a default that nobody has set yet; the message says so and how to set it. */
public final class UnsetPlaceholderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String placeholder;

    UnsetPlaceholderException(String name) {
        super("`${" + name + "}` is set nowhere: set -D" + name + "=… or the environment variable " + name
                + ", or give a default: ${" + name + ":…}");
        this.placeholder = "${" + name + "}";
    }

    /** As it is written: <code>${name}</code>. */
    public String placeholder() {
        return placeholder;
    }
}
