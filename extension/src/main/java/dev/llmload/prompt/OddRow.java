package dev.llmload.prompt;

/** One row of a source that cannot be sent. It is skipped and counted; too many of them are an error, see {@link Skips}. */
public final class OddRow extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean empty;
    private final String place;

    private OddRow(String message, boolean empty, String place) {
        super(message);
        this.empty = empty;
        this.place = place;
    }

    /** One that is not as its form demands. */
    public static OddRow malformed(RecordSource source, long line, String problem) {
        return new OddRow(
                source.refuse(line, problem).getMessage(), false, source.unit() + " " + line + ": " + problem);
    }

    /** One that is well-formed, but holds nothing that could be sent. */
    public static OddRow empty(RecordSource source, long line, String problem) {
        return new OddRow(source.refuse(line, problem).getMessage(), true, source.unit() + " " + line + ": " + problem);
    }

    boolean isEmpty() {
        return empty;
    }

    /** Where and what, without the name of the source. */
    String place() {
        return place;
    }
}
