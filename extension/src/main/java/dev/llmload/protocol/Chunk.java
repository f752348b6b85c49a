package dev.llmload.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one chunk of a streamed answer says. Filled again for each chunk; confined to one thread. */
final class Chunk {
    /** Non-empty texts, of the answer and of its reasoning, in their order. */
    int texts;

    /** Index of the opening quote of each text in the data of the event. */
    int[] quotes = new int[4];

    /** Whether each text is reasoning. */
    boolean[] reasoning = new boolean[4];

    /** The texts as such, where they are wanted. */
    final List<String> decoded = new ArrayList<>();

    /** Whether the texts are wanted as such. */
    boolean wanted;

    /** Whether there is a call of a tool, or a part of one. */
    boolean calls;

    /** Whether a vendor's flag says that what the delta holds is a thought. */
    boolean flagged;

    /** Whether there are {@code choices}, even if empty. */
    boolean choices;

    /** Non-empty {@code finish_reason}, or empty. */
    String finishReason = "";

    /** What a {@code finish_reason} that is an object says besides, or empty. */
    String finishMessage = "";

    /** An {@code error}, in words, or empty. */
    String error = "";

    /** Why this is no chunk at all, or empty. */
    String malformed = "";

    /** Whether it is whole, and more follows in the same event. */
    boolean goesOn;

    /** The usage that counts, if one came. */
    final Usage usage = new Usage();

    /** Whether it is a token event. */
    boolean tokenEvent() {
        return texts > 0 || calls;
    }

    /** Whether its only value is a text. */
    boolean isOneText() {
        return texts == 1 && !calls;
    }

    void text(int quote, boolean isReasoning, String value) {
        if (texts == quotes.length) {
            quotes = Arrays.copyOf(quotes, 2 * texts);
            reasoning = Arrays.copyOf(reasoning, 2 * texts);
        }
        quotes[texts] = quote;
        reasoning[texts] = isReasoning;
        texts++;
        if (wanted) {
            decoded.add(value);
        }
    }

    /** The texts from this one on are reasoning after all. */
    void areReasoning(int from) {
        Arrays.fill(reasoning, Math.min(from, texts), texts, true);
    }

    /** Forgets the texts from this one on. */
    void forget(int from) {
        texts = from;
        while (decoded.size() > from) {
            decoded.remove(decoded.size() - 1);
        }
    }

    void clear() {
        forget(0);
        calls = false;
        flagged = false;
        choices = false;
        finishReason = "";
        finishMessage = "";
        error = "";
        malformed = "";
        goesOn = false;
        usage.clear();
    }
}
