package dev.llmload.result;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * One turn of a conversation, as sent to the endpoint.
 *
 * @param role for example {@code system}, {@code user} or {@code assistant}
 * @param content the text; empty for a turn that only calls tools
 * @param extra what the turn has besides, as a JSON object: {@code tool_calls}, {@code tool_call_id}; mostly empty
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record ChatMessage(String role, String content, String extra) {
    /** Refuses missing parts. */
    public ChatMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A turn of a text alone.
     *
     * @param role for example {@code system}, {@code user} or {@code assistant}
     * @param content the text
     */
    public ChatMessage(String role, String content) {
        this(role, content, "");
    }
}
