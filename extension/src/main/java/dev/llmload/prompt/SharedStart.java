package dev.llmload.prompt;

/**
 * The beginning that a prompt is meant to have in common with others of its source. Immutable.
 *
 * @param messages leading messages that all prompts of its group have alike, below the number of its messages; 0 if it
 *     shares nothing
 * @param words of those messages
 * @param group number of its group, from 0
 */
public record SharedStart(int messages, int words, int group) {
    /** Shares nothing, as far as its source knows. */
    public static final SharedStart NONE = new SharedStart(0, 0, 0);
}
