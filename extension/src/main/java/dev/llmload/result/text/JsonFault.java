package dev.llmload.result.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a JSON parser says of a fault, for people who did not write the parser's caller. */
public final class JsonFault {
    /** Where its buffers are, what its settings are called, and what its limits are. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile("(?s)\\s*\\((?:start marker at|bound as|from `).*"
            + "|,? from `[^`]*`"
            + "|: (?:enable|not allowed as per) `.*"
            + "|\\s*\\[?Source: .*");

    private JsonFault() {}

    /**
     * The first line of the parser's message, without what is meant for programmers, as it may be shown.
     *
     * @param message the parser's own, or null
     * @return a sentence without a full stop
     */
    public static String words(@Nullable String message) {
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        String words = Printable.line(FOR_PROGRAMMERS.matcher(first).replaceAll(""));
        return words.isEmpty() ? "not readable" : words;
    }
}
