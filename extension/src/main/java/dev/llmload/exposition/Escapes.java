package dev.llmload.exposition;

/** Text as both formats write it, so that {@link Exposition} and every other reader gets back what was meant. */
public final class Escapes {
    private Escapes() {}

    /**
     * The value of a label, to stand between quotes.
     *
     * @param value any text; its carriage returns are left out, because a line may end with one
     * @return with backslashes, line ends and quotes escaped
     */
    public static String label(String value) {
        return help(value).replace("\"", "\\\"");
    }

    /**
     * The text of a {@code # HELP} line. Quotes stay: Prometheus' own format knows no escape for them there.
     *
     * @param text any text; its carriage returns are left out
     * @return with backslashes and line ends escaped
     */
    public static String help(String text) {
        return text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n");
    }
}
