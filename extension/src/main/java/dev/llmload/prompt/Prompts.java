package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The prompts of one source, read and checked whole before anything is sent. Immutable and safe for use by any thread.
 *
 * <p>A source is {@code classpath:/prompts/chat.jsonl}, a file ({@code file:prompts.txt} or a plain path, relative to
 * the working directory) or a built-in set ({@code builtin:chat}, {@code builtin:short}, {@code builtin:long}). Its
 * ending says its form, in UTF-8:
 *
 * <ul>
 *   <li>{@code .jsonl}: one JSON object per line, <code>{"prompt": "text"}</code> or <code>{"messages": [{"role":
 *       "user", "content": "text"}, …]}</code>; other keys are ignored, blank lines skipped
 *   <li>{@code .txt}: one prompt per line; blank lines and lines that start with {@code #} are skipped
 * </ul>
 */
public final class Prompts {
    private final String spec;
    private final List<Prompt> all;
    private final String sha256;
    private final PromptStatistics statistics;

    private Prompts(String spec, List<Prompt> all) {
        this.spec = spec;
        this.all = all;
        this.sha256 = sha256Of(all);
        this.statistics = PromptStatistics.of(all);
    }

    /**
     * Reads a source.
     *
     * @param spec which one, see above
     * @param loader where {@code classpath:} looks
     * @return its prompts, at least one
     * @throws IllegalArgumentException if it does not exist, is empty or malformed; the message says what is wrong, in
     *     which line, and what would be right
     */
    public static Prompts load(String spec, ClassLoader loader) {
        PromptSource source = PromptSource.open(spec.strip(), loader);
        PromptFormat format = PromptFormat.of(source);
        return new Prompts(spec.strip(), format.parse(source));
    }

    /**
     * How many there are.
     *
     * @return at least 1
     */
    public int size() {
        return all.size();
    }

    /**
     * One of them.
     *
     * @param i from 0, below {@link #size()}
     * @return the prompt
     */
    public Prompt get(int i) {
        return all.get(i);
    }

    /**
     * The source as it was named.
     *
     * @return for example {@code builtin:chat}
     */
    public String spec() {
        return spec;
    }

    /**
     * A fingerprint of the roles and texts in their order. Independent of the file's form, line endings and ignored
     * keys, so that it changes exactly when what is sent changes.
     *
     * @return SHA-256, 64 hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    /**
     * How long they are.
     *
     * @return the numbers of all prompts
     */
    public PromptStatistics statistics() {
        return statistics;
    }

    @Override
    public String toString() {
        return all.size() + " prompts of " + spec;
    }

    private static String sha256Of(List<Prompt> prompts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (Prompt prompt : prompts) {
            for (ChatMessage message : prompt.messages()) {
                digest.update(message.role().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0xFE); // never part of UTF-8, so no two lists of texts read the same
                digest.update(message.content().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0xFE);
            }
            digest.update((byte) 0xFF);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
