package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.List;

/**
 * A number for what is sent. Equal texts have equal numbers; of a million different ones, two share a number with a
 * probability of 3·10⁻⁸. Fowler–Noll–Vo (1a, 64 bit) over roles and characters, then mixed.
 */
public final class Identity {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private Identity() {}

    public static long of(List<ChatMessage> messages) {
        long hash = BASIS;
        for (ChatMessage message : messages) {
            hash = add(add(hash, message.role()), message.content());
            if (!message.extra().isEmpty()) {
                hash = add(hash, message.extra());
            }
        }
        return mix(hash);
    }

    private static long add(long hash, String text) {
        long h = hash;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        // Characters have 16 bits, so that this is none: no two lists of texts read the same.
        return (h ^ 0x10000) * PRIME;
    }

    /** Spreads a number over all 64 bits. */
    public static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
