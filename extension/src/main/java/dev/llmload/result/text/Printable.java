package dev.llmload.result.text;

/**
 * Shows text from outside as what it is: a terminal, a log or a page gets no character that it would obey. Control
 * characters (C0, DEL, C1), characters that turn the direction of writing, invisible ones, and half surrogates are shown as
 * {@code \}{@code u001b}.
 */
public final class Printable {
    private static final int LONGEST_NAME = 200;

    private Printable() {}

    /**
     * On one line: line endings and tabs become one blank each, what is around the text goes.
     *
     * @param text any
     */
    public static String line(String text) {
        if (isHarmless(text)) {
            return text.strip();
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (c == '\n' || c == '\r' || c == '\t') {
                shown.append(' ');
            } else {
                append(shown, c);
            }
        }
        return shown.toString().strip();
    }

    /** The same, cut where it is longer than any name is: for names of models, servers, finish reasons. */
    public static String name(String text) {
        String line = line(text);
        return line.length() <= LONGEST_NAME ? line : line.substring(0, end(line)) + "…";
    }

    private static int end(String line) {
        return Character.isHighSurrogate(line.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    }

    /**
     * Lines of ours for a terminal or a workflow's log. Line feeds stay. A command of a CI system, which is a line that
     * begins with {@code ::} or holds {@code ##[} or {@code ##vso[} or {@code ##teamcity[}, is made text.
     *
     * @param text one or more lines, without colours
     */
    public static String lines(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            int trimmed = to > from && text.charAt(to - 1) == '\r' && end >= 0 ? to - 1 : to;
            terminal(shown, text.substring(from, trimmed));
            if (end < 0) {
                break;
            }
            shown.append('\n');
            from = end + 1;
        }
        return shown.toString();
    }

    private static void terminal(StringBuilder shown, String line) {
        int first = 0;
        while (first < line.length() && isBlank(line.charAt(first))) {
            first++;
        }
        boolean command = line.startsWith("::", first);
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            int c = line.codePointAt(i);
            if (command && i == first || c == '#' && isPrefix(line, i)) {
                escape(shown, c);
            } else if (c == '\t') {
                shown.append(' ');
            } else {
                append(shown, c);
            }
        }
    }

    // What the runner of a workflow trims before it looks.
    private static boolean isBlank(char c) {
        return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || !isShown(c);
    }

    private static boolean isPrefix(String line, int i) {
        return line.startsWith("##[", i) || line.startsWith("##vso[", i) || line.startsWith("##teamcity[", i);
    }

    private static boolean isHarmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void append(StringBuilder shown, int c) {
        if (isShown(c)) {
            shown.appendCodePoint(c);
        } else {
            escape(shown, c);
        }
    }

    private static void escape(StringBuilder shown, int c) {
        for (char unit : Character.toChars(c)) {
            shown.append(String.format("\\u%04x", (int) unit));
        }
    }

    /** Whether a character is one that is seen and nothing else. Joiners stay: scripts and emoji need them. */
    private static boolean isShown(int c) {
        if (c == 0x200C || c == 0x200D) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.UNASSIGNED -> (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF);
            default -> true;
        };
    }
}
