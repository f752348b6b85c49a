package dev.llmload.result;

import java.util.Objects;

/**
 * One turn of a conversation, as sent to the endpoint.
 *
 * @param role for example {@code system}, {@code user} or {@code assistant}
 * @param content the text
 */
public record ChatMessage(String role, String content) {
    /** Refuses missing parts. */
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }
}
