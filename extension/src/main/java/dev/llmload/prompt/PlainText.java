package dev.llmload.prompt;

/** A prompt that is written as it is, with no form around it that could be checked. */
public final class PlainText {
    private PlainText() {}

    public static String of(RecordSource source, Raw raw) {
        return of(source, raw, raw.text());
    }

    public static String of(RecordSource source, Raw raw, String text) {
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw OddRow.malformed(
                    source,
                    raw.line(),
                    "character " + (zero + 1) + " is NUL: this is no text; name a file of text in UTF-8");
        }
        return text.strip();
    }
}
