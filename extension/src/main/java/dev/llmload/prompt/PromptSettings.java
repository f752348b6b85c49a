package dev.llmload.prompt;

import dev.llmload.prompt.hub.Hub;

/**
 * What reading prompts needs besides their name.
 *
 * @param loader where {@code classpath:} looks
 * @param hub where {@code hf:} looks
 */
public record PromptSettings(ClassLoader loader, Hub hub) {
    /**
     * The standard ones.
     *
     * @param loader where {@code classpath:} looks
     * @return with the public data sets, without a token
     */
    public static PromptSettings of(ClassLoader loader) {
        return new PromptSettings(loader, Hub.standard(Hub.standardCache()));
    }
}
