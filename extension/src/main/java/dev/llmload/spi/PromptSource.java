package dev.llmload.spi;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The prompts of a test. Read through once, before any load is offered, by one thread, and then closed; the prompts are kept
 * in memory until the run is over.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface PromptSource extends AutoCloseable {
    /**
     * The prompts, in an order that is the same each time: the report's fingerprint of the prompts depends on it.
     *
     * @return at least one; the stream is closed after use
     * @throws IOException if they cannot be read
     * @throws IllegalArgumentException if they are not what was named; the message says what is wrong and what would be right.
     *     The stream may throw it as well
     */
    Stream<SourcePrompt> prompts() throws IOException;

    /**
     * What the user should know of how they were read.
     *
     * @return sentences; mostly none
     */
    default List<String> notes() {
        return List.of();
    }

    /** Gives back what it holds. */
    @Override
    default void close() throws IOException {}
}
