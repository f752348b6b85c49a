package dev.llmload.prompt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts the bytes of a source into records, one after the other. Used once, by one thread. */
public interface Records {
    /** The next one, or null at the end. */
    @Nullable
    Raw next() throws IOException;
}
