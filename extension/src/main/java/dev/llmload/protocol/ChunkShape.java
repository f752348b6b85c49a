package dev.llmload.protocol;

import java.util.Arrays;

/**
 * The byte matcher for the common chunk: one that differs from an earlier chunk of the same answer in its one text only.
 *
 * <p>Why a match and Jackson must agree: the earlier chunk was valid and held that one non-empty value and neither usage,
 * finish_reason nor error. A chunk that begins with the same bytes up to the opening quote, and ends with the same bytes from the
 * closing quote on, and has between them what is certainly the inside of a JSON string, takes the JSON grammar through the same
 * states; so the same is true of it. Whatever is not certain is refused. Confined to one thread.
 */
final class ChunkShape {
    private static final int LARGEST = 4096;

    private byte[] before = {};
    private byte[] after = {};
    private int beforeSize;
    private int afterSize;
    private boolean reasoning;
    private boolean known;

    /** Whether this is a token event of the known shape and nothing else. */
    boolean matches(byte[] data, int from, int to) {
        int textFrom = textFrom(from);
        int textTo = textTo(to);
        return known
                && textFrom < textTo
                && Arrays.equals(data, from, textFrom, before, 0, beforeSize)
                && Arrays.equals(data, textTo, to, after, 0, afterSize)
                && JsonText.is(data, textFrom, textTo);
    }

    /** Where the text begins in a chunk of the known shape that begins here. */
    int textFrom(int from) {
        return from + beforeSize;
    }

    /** Where the text ends in a chunk of the known shape that ends here. */
    int textTo(int to) {
        return to - afterSize;
    }

    /** Whether the text of the shape is reasoning. */
    boolean reasoning() {
        return reasoning;
    }

    /** Takes the shape of a chunk that Jackson has read, if it is one that can be matched. */
    void learn(byte[] data, int from, int to, Chunk chunk) {
        if (to - from > LARGEST
                || !chunk.isOneText()
                || chunk.usage.present()
                || !chunk.finishReason.isEmpty()
                || !chunk.error.isEmpty()
                || !chunk.malformed.isEmpty()) {
            return;
        }
        int quote = chunk.quotes[0];
        int textFrom = quote + 1;
        int textTo = JsonText.end(data, textFrom, to);
        if (quote < to && data[quote] == '"' && textTo < to && JsonText.is(data, textFrom, textTo)) {
            before = copy(data, from, textFrom, before);
            beforeSize = textFrom - from;
            after = copy(data, textTo, to, after);
            afterSize = to - textTo;
            reasoning = chunk.reasoning[0];
            known = true;
        }
    }

    private static byte[] copy(byte[] data, int from, int to, byte[] into) {
        if (to - from > into.length) {
            return Arrays.copyOfRange(data, from, to);
        }
        System.arraycopy(data, from, into, 0, to - from);
        return into;
    }
}
