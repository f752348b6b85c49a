package dev.llmload.spi;

import dev.llmload.result.ChatMessage;
import java.util.List;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * One prompt of a {@link PromptSource}. Immutable.
 *
 * @param messages its turns in order, at least one
 * @param maxTokens how long its answer may be, in tokens, at least 1; empty for what the test says
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SourcePrompt(List<ChatMessage> messages, OptionalInt maxTokens) {
    /**
     * Copies the turns.
     *
     * @throws IllegalArgumentException if there is no turn, or {@code maxTokens} is below 1
     */
    public SourcePrompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a prompt must have at least one message");
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but was " + maxTokens.getAsInt());
        }
    }

    /** A single turn of the user, whose answer is as long as the test says. */
    public static SourcePrompt of(String text) {
        return new SourcePrompt(List.of(new ChatMessage("user", text)), OptionalInt.empty());
    }
}
