package dev.llmload.protocol;

/**
 * Finds reasoning that a server without a reasoning parser leaves in the content. The rule:
 *
 * <ul>
 *   <li>A content that begins with an opening tag (white space before it aside) is reasoning up to the closing tag of the same
 *       kind; without one, to its end.
 *   <li>A closing tag without an opening one ends reasoning that began with the content: chat templates put the opening tag
 *       into the prompt. Where reasoning came in fields of its own, only one at the beginning of the content does.
 *   <li>White space after the closing tag belongs to it. Whatever follows is the answer; tags in it are text.
 * </ul>
 *
 * It reads the inside of JSON strings, escapes included, cut anywhere. Confined to one thread.
 */
final class ThinkTags {
    /** Some of the text is answer, as far as is known yet. */
    static final int OUTPUT = 1;
    /** Some of the text is reasoning. */
    static final int THOUGHT = 2;
    /** All content before the end of this text, as far as it is not {@link #OUTPUT} of this text, was reasoning. */
    static final int RESTART = 4;

    private static final String[] OPENING = {
        "<think>",
        "<thinking>",
        "<thought>",
        "<reasoning>",
        "<seed:think>",
        "[THINK]",
        "<|START_THINKING|>",
        "<|begin_of_thought|>",
        "<|inner_prefix|>",
        "<|channel|>analysis<|message|>"
    };
    private static final String[] CLOSING = {
        "</think>",
        "</thinking>",
        "</thought>",
        "</reasoning>",
        "</seed:think>",
        "[/THINK]",
        "<|END_THINKING|>",
        "<|end_of_thought|>",
        "<|inner_suffix|>",
        "<|channel|>final<|message|>"
    };

    private enum State {
        START,
        INSIDE,
        AFTER,
        ANSWER,
        DONE
    }

    private final StringBuilder candidate = new StringBuilder();
    private State state = State.START;
    private String closing = "";
    private boolean elsewhere;
    private int answerFrom;

    /** What each byte of a JSON string, as such or with others, can be of the beginning of a tag; see {@link #marked}. */
    static final byte[] MARKS = new byte[256];

    static {
        MARKS['<'] = 1;
        MARKS['['] = 1;
        MARKS['\\'] = 2;
        MARKS['u'] = 4;
    }

    /** Whether a tag can begin in a text whose bytes have these marks, joined by OR: as such, or with a Unicode escape. */
    static boolean marked(int marks) {
        return (marks & 1) != 0 || marks == 6;
    }

    /** Whether a text that is not marked is certainly answer. */
    boolean looksForMarks() {
        return state == State.DONE || state == State.ANSWER && candidate.length() == 0;
    }

    /** Whether tags are still looked for. */
    boolean watching() {
        return state != State.DONE;
    }

    /** Reasoning came in a field of its own, or with a flag. */
    void reasoningElsewhere() {
        elsewhere = true;
        if (state == State.ANSWER) {
            state = State.DONE;
        }
    }

    /** More of the content: the inside of a JSON string. Says what it is, in bits. */
    int scan(byte[] data, int from, int to) {
        int said = 0;
        answerFrom = state == State.INSIDE || state == State.AFTER ? to : from;
        for (int at = from; at < to; ) {
            int length = data[at] != '\\' ? 1 : data[at + 1] == 'u' ? 6 : 2;
            char c = character(data, at, length);
            if (state == State.ANSWER && candidate.length() == 0 && c != '<' && c != '[') {
                said |= OUTPUT;
            } else {
                said = step(c, at, to, said);
            }
            if (state == State.DONE) {
                return said | OUTPUT;
            }
            at += length;
        }
        return said;
    }

    /** Where in the text of the last scan the answer begins; its end if none of it is answer. */
    int answerFrom() {
        return answerFrom;
    }

    private int step(char c, int at, int to, int said) {
        switch (state) {
            case START -> {
                if (candidate.length() == 0 && isWhite(c)) {
                    return said | OUTPUT;
                }
                int before = candidate.length();
                String found = found(c, true);
                if (!found.isEmpty()) {
                    int kind = indexOf(OPENING, found);
                    state = kind >= 0 ? State.INSIDE : State.AFTER;
                    closing = kind >= 0 ? CLOSING[kind] : "";
                    answerFrom = to;
                    return RESTART | THOUGHT;
                }
                if (candidate.length() <= before) {
                    state = elsewhere ? State.DONE : State.ANSWER;
                }
                return said | OUTPUT;
            }
            case ANSWER -> {
                if (found(c, false).isEmpty()) {
                    return said | OUTPUT;
                }
                state = State.AFTER;
                answerFrom = to;
                return RESTART | THOUGHT;
            }
            case INSIDE -> {
                if (!found(c, false).isEmpty()) {
                    state = State.AFTER;
                }
                return said | THOUGHT;
            }
            case AFTER -> {
                if (isWhite(c)) {
                    return said | THOUGHT;
                }
                state = State.DONE;
                answerFrom = at;
                return said | OUTPUT;
            }
            default -> {
                return said | OUTPUT;
            }
        }
    }

    /** The tag that this character completes, or empty. */
    private String found(char c, boolean opening) {
        candidate.append(c);
        String tag = match(opening);
        if (tag.isEmpty() && candidate.length() > 1) {
            candidate.setLength(0);
            candidate.append(c);
            tag = match(opening);
        }
        if (tag.contentEquals(candidate)) {
            candidate.setLength(0);
            return tag;
        }
        if (tag.isEmpty()) {
            candidate.setLength(0);
        }
        return "";
    }

    /** A tag that begins with the candidate, or empty. */
    private String match(boolean opening) {
        if (state == State.INSIDE) {
            return begins(closing) ? closing : "";
        }
        for (String tag : CLOSING) {
            if (begins(tag)) {
                return tag;
            }
        }
        if (opening) {
            for (String tag : OPENING) {
                if (begins(tag)) {
                    return tag;
                }
            }
        }
        return "";
    }

    private boolean begins(String tag) {
        int length = candidate.length();
        if (length > tag.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (tag.charAt(i) != candidate.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(String[] tags, String tag) {
        for (int i = 0; i < tags.length; i++) {
            if (tags[i].equals(tag)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWhite(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /** What this place stands for: an ASCII character, or one that is neither part of a tag nor white space. */
    private static char character(byte[] data, int at, int length) {
        if (length == 1) {
            return data[at] < 0 ? '\uFFFD' : (char) data[at];
        }
        if (length == 6) {
            int code = 0;
            for (int i = at + 2; i < at + 6; i++) {
                code = 16 * code + Character.digit((char) data[i], 16);
            }
            return (char) code;
        }
        return switch (data[at + 1]) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b', 'f' -> '\uFFFD';
            default -> (char) data[at + 1];
        };
    }
}
