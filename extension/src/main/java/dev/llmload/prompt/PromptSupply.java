package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hands out prompts one by one, shuffled once by a seed. One supply lives for a whole test method, so that its warm-up
 * and each of its levels take their own slice. Safe for use by any thread; the order in which threads draw is theirs,
 * the sequence drawn is the seed's.
 *
 * <p>With {@link Reuse#UNIQUE_PREFIX} a text that was handed out before (because the source is used up, or because it
 * holds the text twice) gets a nonce such as {@code [k3f9a2b]} in front of its first message.
 */
public final class PromptSupply {
    private static final int NONCE_BITS = 35;
    private static final long NONCE_MASK = (1L << NONCE_BITS) - 1;

    private final List<Entry> order;
    private final boolean[] seen;
    private final Reuse reuse;
    private final long seed;
    private long nextIdentity;
    private int drawn;

    /**
     * A supply at its beginning.
     *
     * @param prompts the source
     * @param reuse what to do when a text was already handed out
     * @param seed same seed, same prompts: same sequence
     */
    public PromptSupply(Prompts prompts, Reuse reuse, long seed) {
        Map<List<ChatMessage>, Integer> identities = new HashMap<>();
        List<Entry> entries = new ArrayList<>(prompts.size());
        for (int i = 0; i < prompts.size(); i++) {
            List<ChatMessage> messages = prompts.get(i).messages();
            int identity = identities.computeIfAbsent(messages, m -> identities.size());
            entries.add(new Entry(messages, identity));
        }
        Collections.shuffle(entries, new Random(seed));
        this.order = entries;
        this.seen = new boolean[identities.size()];
        this.reuse = reuse;
        this.seed = mix(seed);
        this.nextIdentity = identities.size();
    }

    /**
     * The next prompt. Never runs out.
     *
     * @return its messages and its identity
     */
    public synchronized Draw next() {
        Entry entry = order.get(drawn % order.size());
        int number = drawn++;
        if (!seen[entry.identity]) {
            seen[entry.identity] = true;
            return new Draw(entry.messages, entry.identity);
        }
        if (reuse == Reuse.ALLOW) {
            return new Draw(entry.messages, entry.identity);
        }
        return new Draw(withNonce(entry.messages, nonce(number)), nextIdentity++);
    }

    /**
     * How many prompts were handed out so far.
     *
     * @return at least 0
     */
    public synchronized int drawn() {
        return drawn;
    }

    private static List<ChatMessage> withNonce(List<ChatMessage> messages, String nonce) {
        List<ChatMessage> copy = new ArrayList<>(messages);
        ChatMessage first = messages.get(0);
        copy.set(0, new ChatMessage(first.role(), "[" + nonce + "] " + first.content()));
        return List.copyOf(copy);
    }

    // Multiplying by an odd number permutes the numbers below 2^35, so two draws of one supply never share a nonce;
    // folding the high bits down and multiplying again makes neighbours differ in their first character, which is what
    // a prefix cache sees.
    private String nonce(int number) {
        long x = (number + seed) & NONCE_MASK;
        x = x * 0x5851F42D4C957F2DL & NONCE_MASK;
        x ^= x >>> 18;
        x = x * 0x14057B7EF767814FL & NONCE_MASK;
        x ^= x >>> 17;
        String digits = Long.toString(x, 32);
        return "0".repeat(NONCE_BITS / 5 - digits.length()) + digits;
    }

    private static long mix(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private record Entry(List<ChatMessage> messages, int identity) {}

    /**
     * One prompt to send.
     *
     * @param messages its turns, a nonce included
     * @param identity equal for two draws of one supply exactly when their text is equal
     */
    public record Draw(List<ChatMessage> messages, long identity) {}
}
