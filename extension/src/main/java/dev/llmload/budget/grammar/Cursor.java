package dev.llmload.budget.grammar;

import java.util.function.IntPredicate;

/** Walks through one budget within a text that may hold several. Confined to one thread. */
public final class Cursor {
    private final String text;
    private final int end;
    private int position;

    public Cursor(String text, int start, int end) {
        this.text = text;
        this.position = start;
        this.end = end;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    /** The text from a position to the end of this budget. */
    String rest(int from) {
        return text.substring(from, end);
    }

    /** Moves to the next character that is not blank, and says where that is. */
    int skipBlanks() {
        take(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
        return position;
    }

    boolean atEnd() {
        return position >= end;
    }

    /** The next character, or 0 at the end. */
    char peek() {
        return position < end ? text.charAt(position) : 0;
    }

    /** Where the first character that matches stands, from here on; −1 if nowhere. */
    int find(IntPredicate matching) {
        for (int i = position; i < end; i++) {
            if (matching.test(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Takes the characters that match, possibly none. */
    String take(IntPredicate matching) {
        int start = position;
        while (position < end && matching.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        position++;
        return true;
    }

    void backTo(int earlier) {
        position = earlier;
    }

    /** What stands here, for a message: the characters up to the next blank, or "the end". */
    String found() {
        int stop = position;
        while (stop < end && !Character.isWhitespace(text.charAt(stop)) && !Character.isSpaceChar(text.charAt(stop))) {
            stop++;
        }
        return stop == position ? "the end" : "\"" + text.substring(position, stop) + "\"";
    }
}
