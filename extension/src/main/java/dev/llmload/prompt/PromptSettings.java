package dev.llmload.prompt;

import dev.llmload.prompt.hub.Hub;
import dev.llmload.spi.PromptSourceProvider;
import java.util.List;

/**
 * What reading prompts needs besides their name.
 *
 * @param loader where {@code classpath:} looks
 * @param hub where {@code hf:} looks
 * @param providers of further schemes
 * @param problems of providers that could not be loaded, in sentences
 */
public record PromptSettings(ClassLoader loader, Hub hub, List<PromptSourceProvider> providers, List<String> problems) {
    /** Copies the list. */
    public PromptSettings {
        providers = List.copyOf(providers);
        problems = List.copyOf(problems);
    }

    /**
     * The standard ones.
     *
     * @param loader where {@code classpath:} looks
     * @return with the public data sets, without a token, and no scheme but the library's own
     */
    public static PromptSettings of(ClassLoader loader) {
        return new PromptSettings(loader, Hub.standard(Hub.standardCache()), List.of(), List.of());
    }
}
