package dev.llmload.result.text;

import java.util.Arrays;
import java.util.Map;

/**
 * A text with one level of escapes taken out (JSON and the like, URL, HTML), and where each of its characters stands in the
 * text that it began with. Immutable.
 */
final class Unescaped {
    private static final int DEEPEST = 5;
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("sol", "/"),
            Map.entry("plus", "+"),
            Map.entry("equals", "="),
            Map.entry("colon", ":"),
            Map.entry("lowbar", "_"),
            Map.entry("hyphen", "-"),
            Map.entry("period", "."));

    private final String text;
    private final int[] starts;
    private final int[] ends;
    private final int depth;

    private Unescaped(String text, int[] starts, int[] ends, int depth) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
        this.depth = depth;
    }

    static Unescaped of(String text) {
        int[] starts = new int[text.length()];
        int[] ends = new int[text.length()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i;
            ends[i] = i + 1;
        }
        return new Unescaped(text, starts, ends, 0);
    }

    String text() {
        return text;
    }

    /** Where the character begins in the first text. */
    int start(int i) {
        return starts[i];
    }

    /** Behind the character's last in the first text. */
    int end(int i) {
        return ends[i];
    }

    /** The next level; this one if nothing is escaped any more. */
    Unescaped unescaped() {
        if (depth == DEEPEST || text.indexOf('\\') < 0 && text.indexOf('%') < 0 && text.indexOf('&') < 0) {
            return this;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        int at = 0;
        while (at < text.length()) {
            int length = escape(at, plain);
            if (length == 0) {
                plain.append(text.charAt(at));
                length = 1;
            }
            from[plain.length() - 1] = starts[at];
            to[plain.length() - 1] = ends[at + length - 1];
            at += length;
        }
        if (plain.length() == text.length()) {
            return this;
        }
        int size = plain.length();
        return new Unescaped(plain.toString(), Arrays.copyOf(from, size), Arrays.copyOf(to, size), depth + 1);
    }

    /** Appends the one character that is escaped here and returns the escape's length; 0 if none is. */
    private int escape(int at, StringBuilder to) {
        return switch (text.charAt(at)) {
            case '\\' -> backslash(at, to);
            case '%' -> hex(at + 1, 2, to, 3);
            case '&' -> entity(at, to);
            default -> 0;
        };
    }

    private int backslash(int at, StringBuilder to) {
        if (at + 1 == text.length()) {
            return 0;
        }
        char next = text.charAt(at + 1);
        return switch (next) {
            case 'u' -> hex(at + 2, 4, to, 6);
            case 'x' -> hex(at + 2, 2, to, 4);
            case '\\', '/', '"', '\'' -> {
                to.append(next);
                yield 2;
            }
            default -> 0;
        };
    }

    private int hex(int at, int digits, StringBuilder to, int length) {
        if (at + digits > text.length()) {
            return 0;
        }
        int value = number(text.substring(at, at + digits), 16);
        if (value < 0) {
            return 0;
        }
        to.append((char) value);
        return length;
    }

    private int entity(int at, StringBuilder to) {
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > LONGEST_ENTITY) {
            return 0;
        }
        String name = text.substring(at + 1, end);
        String named = NAMED.get(name);
        if (named != null) {
            to.append(named);
            return end + 1 - at;
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        int value = hex ? number(name.substring(2), 16) : name.startsWith("#") ? number(name.substring(1), 10) : -1;
        if (value < 0 || value > Character.MAX_VALUE) {
            return 0;
        }
        to.append((char) value);
        return end + 1 - at;
    }

    /** Digits alone; -1 for anything else. */
    private static int number(String digits, int radix) {
        int value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && value >= 0 && value < 1 << 24; i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            value = digit < 0 ? -1 : value * radix + digit;
        }
        return value;
    }
}
