package dev.llmload.result.request;

/** The phase of a level in which a request was <em>sent</em> (closed loop) or due (open loop). */
public enum Phase {
    /** Before the first level of a method: in no level's numbers. */
    WARMUP("warmup"),
    /** Before the window opened, while the users start or the lead-in of a schedule lasts: in no number unless the whole run is the window. */
    RAMP_IN("ramp-in"),
    /** While the window was open: the sample. */
    WINDOW("window"),
    /** After the window closed, so that its last requests are answered under the same load: in no number. */
    DRAIN("drain");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** As progress names it: {@code warm-up}, {@code ramp-in}, {@code window}, {@code drain}. */
    public String inWords() {
        return this == WARMUP ? "warm-up" : word;
    }

    /** The word written to {@code requests.jsonl}. */
    public String word() {
        return word;
    }
}
