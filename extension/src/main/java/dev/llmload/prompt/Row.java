package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.List;

/**
 * The prompt of one row, and what of the row is not sent.
 *
 * @param messages to be sent, at least one
 * @param answers turns of the assistant at the end: the reference answer
 * @param blanks turns without a text
 * @param followUps turns of a user whose earlier turns have no answers
 */
public record Row(List<ChatMessage> messages, int answers, int blanks, int followUps) {
    public Row {
        messages = List.copyOf(messages);
    }

    /** A single turn of the user. */
    public static Row of(String text) {
        return new Row(List.of(new ChatMessage("user", text)), 0, 0, 0);
    }
}
