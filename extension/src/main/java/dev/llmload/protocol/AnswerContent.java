package dev.llmload.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The text of one answer without its reasoning: its fingerprint, and, where it is wanted, the text itself. Reasoning that
 * stands within the content is found by {@link ThinkTags}. Confined to one thread.
 */
final class AnswerContent {
    private final AnswerFingerprint print = new AnswerFingerprint();
    private final ThinkTags tags = new ThinkTags();
    private @Nullable AnswerText text;

    /** Keeps the text from here on. */
    void keepText() {
        text = new AnswerText();
    }

    /** Reasoning came that is no part of the content. */
    void reasoningElsewhere() {
        tags.reasoningElsewhere();
    }

    /** More content, the inside of a JSON string; says what it is, in bits of {@link ThinkTags}. */
    int add(byte[] data, int from, int to) {
        if (!tags.looksForMarks()) {
            return scan(data, from, to);
        }
        boolean marked = print.add(data, from, to);
        AnswerText kept = text;
        if (kept != null) {
            kept.add(data, from, to);
        }
        if (!marked || !tags.watching()) {
            return ThinkTags.OUTPUT;
        }
        int said = tags.scan(data, from, to);
        if ((said & ThinkTags.RESTART) != 0) {
            restart();
            append(data, tags.answerFrom(), to);
        }
        return said;
    }

    private int scan(byte[] data, int from, int to) {
        int said = tags.scan(data, from, to);
        if ((said & ThinkTags.RESTART) != 0) {
            restart();
        }
        append(data, tags.answerFrom(), to);
        return said;
    }

    /** What a chunk of any shape says of content and reasoning; in bits. */
    int addChunk(byte[] data, int to, Chunk chunk) {
        int said = 0;
        for (int i = 0; i < chunk.texts; i++) {
            if (chunk.reasoning[i]) {
                tags.reasoningElsewhere();
                said |= ThinkTags.THOUGHT;
            } else {
                int more = content(data, to, chunk, i);
                said = (more & ThinkTags.RESTART) == 0 ? said | more : more;
            }
        }
        if (chunk.calls) {
            print.noText();
            said |= ThinkTags.OUTPUT;
        }
        return said;
    }

    private int content(byte[] data, int to, Chunk chunk, int i) {
        int quote = chunk.quotes[i];
        if (quote < to && data[quote] == '"') {
            return add(data, quote + 1, JsonText.end(data, quote + 1, to));
        }
        // JSON in another encoding than UTF-8: the parser knows the text, its bytes do not
        print.noText();
        AnswerText kept = text;
        if (kept != null) {
            kept.add(chunk.decoded.get(i));
        }
        return ThinkTags.OUTPUT;
    }

    private void restart() {
        print.restart();
        AnswerText kept = text;
        if (kept != null) {
            kept.restart();
        }
    }

    private void append(byte[] data, int from, int to) {
        if (from < to) {
            print.add(data, from, to);
            AnswerText kept = text;
            if (kept != null) {
                kept.add(data, from, to);
            }
        }
    }

    /** The text so far; empty if it was not kept. */
    String text() {
        AnswerText kept = text;
        return kept == null ? "" : kept.toString();
    }

    /** Fingerprint of the text so far, or unknown. */
    long print() {
        return print.value();
    }
}
