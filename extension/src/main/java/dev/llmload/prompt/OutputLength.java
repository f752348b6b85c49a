package dev.llmload.prompt;

/**
 * How long the answer to a prompt may be, where the prompt says so itself.
 *
 * @param tokens {@code max_tokens} of its request, at least 1
 * @param pinned whether the server is also asked for no fewer ({@code min_tokens}, {@code ignore_eos})
 */
public record OutputLength(int tokens, boolean pinned) {}
