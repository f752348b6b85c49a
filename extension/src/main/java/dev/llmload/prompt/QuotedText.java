package dev.llmload.prompt;

import dev.llmload.result.text.Printable;
import java.util.List;

/** How foreign text looks in a message: short, and without characters that a console would obey. */
public final class QuotedText {
    private static final int LONGEST = 80;
    private static final int MOST = 20;

    private QuotedText() {}

    public static String brief(String text) {
        return brief(text, LONGEST);
    }

    /** A sentence of somebody else's, of which the first line will do. */
    public static String sentence(String text) {
        return brief(text.lines().findFirst().orElse(""), 3 * LONGEST);
    }

    private static String brief(String text, int longest) {
        String clean = Printable.line(text);
        return clean.length() <= longest ? clean : clean.substring(0, longest) + "…";
    }

    public static String list(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }
}
