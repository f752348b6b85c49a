package dev.llmload.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A complete answer of the endpoint, as an {@code AnswerCheck} sees it. Immutable.
 *
 * @param prompt the turns that were sent, a nonce included
 * @param text the content of the answer; without reasoning and tool calls
 * @param finishReason as the server gave it, or empty
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Answer(List<ChatMessage> prompt, String text, String finishReason) {
    /** Copies the turns. */
    public Answer {
        prompt = List.copyOf(prompt);
    }

    /** The text of the last turn that was sent; empty if there is none. */
    public String question() {
        return prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).content();
    }
}
