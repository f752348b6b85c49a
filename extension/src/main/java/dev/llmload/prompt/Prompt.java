package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.List;
import java.util.Optional;

/**
 * One prompt of a source. Immutable.
 *
 * @param index its place in the source, from 0
 * @param messages its turns in order, at least one; a plain text is a single {@code user} message
 * @param output how long its answer may be; empty for what the test says
 * @param shared what it is meant to have in common with others
 */
public record Prompt(int index, List<ChatMessage> messages, Optional<OutputLength> output, SharedStart shared) {
    /**
     * Copies the messages and refuses an empty list.
     *
     * @param index its place in the source, from 0
     * @param messages its turns in order, at least one
     * @param output how long its answer may be; empty for what the test says
     * @param shared what it is meant to have in common with others
     */
    public Prompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException(
                    "a prompt must have at least one message, but prompt " + index + " has none");
        }
    }

    /**
     * One that shares nothing.
     *
     * @param index its place in the source, from 0
     * @param messages its turns in order, at least one
     * @param output how long its answer may be; empty for what the test says
     */
    public Prompt(int index, List<ChatMessage> messages, Optional<OutputLength> output) {
        this(index, messages, output, SharedStart.NONE);
    }

    /**
     * One whose answer is as long as the test says.
     *
     * @param index its place in the source, from 0
     * @param messages its turns in order, at least one
     */
    public Prompt(int index, List<ChatMessage> messages) {
        this(index, messages, Optional.empty());
    }

    /** Share of its words that others are meant to have in common with it, 0 to 1. */
    double sharedShare() {
        return shared.words() == 0 ? 0 : (double) shared.words() / words();
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
