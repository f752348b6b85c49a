package dev.llmload.report.file;

import dev.llmload.result.text.Printable;
import java.util.regex.Pattern;

/**
 * Text that is to be read in Markdown (GitHub's, GitLab's, Allure's) as it was written: no markup but code between two
 * back quotes, no HTML, no image, no link, nobody is mentioned.
 */
public final class Markdown {
    private static final Pattern BLOCK = Pattern.compile("^(?:[>#~=]|[-+*](?=\\s|$)|\\d{1,9}(?=[.)](?:\\s|$)))");

    private Markdown() {}

    /**
     * On one line, also within a table's cell.
     *
     * @param text any
     */
    public static String text(String text) {
        String line = Printable.line(text);
        StringBuilder escaped = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '`' -> {
                    int end = line.indexOf('`', i + 1);
                    boolean code = end > i + 1;
                    escaped.append(code ? code(line.substring(i + 1, end)) : "\\`");
                    i = code ? end : i;
                }
                case '\\', '*', '[', ']', '|' -> escaped.append('\\').append(c);
                case '_' -> escaped.append(isWithinWord(line, i) ? "_" : "\\_");
                case '~' -> escaped.append(line.startsWith("~~", i) || line.startsWith("~~", i - 1) ? "\\~" : "~");
                case '$' -> escaped.append(isMath(line, i) ? "\\$" : "$");
                // A blank of no width: what is behind it is no name and no number of anything.
                case '@', '#' -> escaped.append(c).append(isReference(line, i) ? "&#8203;" : "");
                case ':' -> {
                    boolean address = line.startsWith("://", i);
                    escaped.append(address ? ":&#47;" : ":");
                    i += address ? 1 : 0;
                }
                case '.' -> escaped.append(i >= 3 && line.regionMatches(true, i - 3, "www", 0, 3) ? "&#46;" : ".");
                default -> escaped.append(c);
            }
        }
        return BLOCK.matcher(line).find() ? block(line, escaped) : escaped.toString();
    }

    /**
     * As code, also within a table's cell.
     *
     * @param text any; a back quote, which would end it, is shown as an apostrophe
     */
    public static String code(String text) {
        String line = Printable.line(text).replace('`', '\'').replace("|", "\\|");
        return line.isEmpty() ? "" : "`" + line + "`";
    }

    // What would begin a heading, a list or a quotation at the start of a line.
    private static String block(String line, StringBuilder escaped) {
        char first = line.charAt(0);
        if (Character.isDigit(first)) {
            int digits = 1;
            while (Character.isDigit(line.charAt(digits))) {
                digits++;
            }
            return escaped.insert(digits, '\\').toString();
        }
        return escaped.charAt(0) == '\\'
                ? escaped.toString()
                : escaped.insert(0, '\\').toString();
    }

    private static boolean isWithinWord(String line, int i) {
        return i > 0
                && i + 1 < line.length()
                && Character.isLetterOrDigit(line.charAt(i - 1))
                && Character.isLetterOrDigit(line.charAt(i + 1));
    }

    private static boolean isMath(String line, int i) {
        return i + 1 < line.length()
                && !Character.isWhitespace(line.charAt(i + 1))
                && !Character.isDigit(line.charAt(i + 1));
    }

    private static boolean isReference(String line, int i) {
        return i + 1 < line.length() && Character.isLetterOrDigit(line.charAt(i + 1));
    }
}
