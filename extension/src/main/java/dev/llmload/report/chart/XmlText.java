package dev.llmload.report.chart;

/** Text as XML and HTML want it, between tags and within attributes in double quotes. The one escaper of both. */
public final class XmlText {
    private XmlText() {}

    /**
     * Escapes what would be markup; characters that XML 1.0 cannot hold, and those that a page obeys without showing them
     * (C1 controls, the direction of writing), become U+FFFD.
     *
     * @param text any
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || isCharacter(c) && !isControl(c);
    }

    private static boolean isCharacter(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }

    private static boolean isControl(int c) {
        return c >= 0x7F && c <= 0x9F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }
}
