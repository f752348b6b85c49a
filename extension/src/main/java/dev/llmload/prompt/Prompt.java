package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.List;

/**
 * One prompt of a source. Immutable.
 *
 * @param index its place in the source, from 0
 * @param messages its turns in order, at least one; a plain text is a single {@code user} message
 */
public record Prompt(int index, List<ChatMessage> messages) {
    /**
     * Copies the messages and refuses an empty list.
     *
     * @param index its place in the source, from 0
     * @param messages its turns in order, at least one
     */
    public Prompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException(
                    "a prompt must have at least one message, but prompt " + index + " has none");
        }
    }

    /** Length of all its contents together, in characters (code points). */
    int chars() {
        return messages.stream()
                .mapToInt(m -> m.content().codePointCount(0, m.content().length()))
                .sum();
    }

    /** Words of all its contents together, as white space separates them. */
    int words() {
        return messages.stream().mapToInt(m -> wordsOf(m.content())).sum();
    }

    private static int wordsOf(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            words += inside || space ? 0 : 1;
            inside = !space;
        }
        return words;
    }
}
