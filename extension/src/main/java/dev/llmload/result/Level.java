package dev.llmload.result;

/**
 * One level of load of a test.
 *
 * @param name the display name, which {@code @Budget(at = …)} refers to: {@code "100 users"}
 * @param concurrency users of a closed loop, at least 1
 */
public record Level(String name, int concurrency) {
    /** The closed-loop level of so many users. */
    public static Level users(int concurrency) {
        return new Level(concurrency == 1 ? "1 user" : concurrency + " users", concurrency);
    }
}
