package dev.llmload.spi;

import java.io.IOException;
import org.apiguardian.api.API;

/**
 * Opens prompts that are named by a scheme of its own: {@code acme:support/2026-11} in {@code prompts}. Found by
 * {@link java.util.ServiceLoader}, so that an implementation has a constructor without parameters and stands in
 * {@code META-INF/services/dev.llmload.spi.PromptSourceProvider}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface PromptSourceProvider {
    /**
     * The scheme: what stands before the colon.
     *
     * @return two letters at least, then letters, digits, {@code +}, {@code .} and {@code -}: {@code "acme"}. Those of the
     *     library ({@code classpath}, {@code file}, {@code builtin}, {@code hf}, {@code synthetic}) stay the library's
     */
    String scheme();

    /**
     * Opens a source.
     *
     * @param name what stands behind the colon, as it was written: {@code "support/2026-11"}
     * @return the source, to be closed
     * @throws IOException if it cannot be reached
     * @throws IllegalArgumentException if there is no such source; the message says what would be right
     */
    PromptSource open(String name) throws IOException;
}
