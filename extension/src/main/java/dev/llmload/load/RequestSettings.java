package dev.llmload.load;

/**
 * What each request asks for.
 *
 * @param maxTokens most output tokens, at least 1
 * @param temperature sampling temperature, or NaN to leave it to the server
 * @param extraBody JSON object merged into each request body, or empty
 */
public record RequestSettings(int maxTokens, double temperature, String extraBody) {
    /** Refuses values that no server could honour. */
    public RequestSettings {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but was " + maxTokens);
        }
        if (temperature < 0 || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be at least 0, or NaN, but was " + temperature);
        }
    }
}
