package dev.llmload.prompt;

import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one source that were skipped. An odd row among thousands is no reason to refuse a data set, many are: it is
 * not what it was taken for. At most 5 % (or what {@code skip=} says) may be skipped. Of a source below 20 rows, of which
 * one is more than that, rows without a text may be skipped in any number, other rows not at all. Used by one thread.
 */
public final class Skips {
    /** Share of the rows that may be skipped where nobody says otherwise. */
    static final double MOST = 0.05;

    private static final int FEW = 20;
    private static final int EXAMPLES = 3;

    private final String spec;
    private final double most;
    private final List<OddRow> examples = new ArrayList<>();
    private long rows;
    private long skipped;
    private long malformed;
    private long answers;
    private long blanks;
    private long followUps;

    public Skips(String spec, double most) {
        this.spec = spec;
        this.most = most;
    }

    public void read(Row row) {
        rows++;
        answers += row.answers() > 0 ? 1 : 0;
        blanks += row.blanks();
        followUps += row.followUps() > 0 ? 1 : 0;
    }

    /** A row of which nothing else is known. */
    public void read() {
        rows++;
    }

    public void skip(OddRow odd) {
        rows++;
        skipped++;
        if (!odd.isEmpty()) {
            malformed++;
        }
        // Those that are wrong are worth more than those that are empty.
        if (examples.size() < EXAMPLES) {
            examples.add(odd);
        } else if (!odd.isEmpty() && malformed <= EXAMPLES) {
            examples.set(EXAMPLES - 1, odd);
        }
    }

    /** Refuses the source if too many rows were skipped, or all. */
    public void check() {
        if (skipped == 0) {
            return;
        }
        long counted = rows < FEW ? malformed : skipped;
        if (rows == skipped || counted > most * rows) {
            OddRow first =
                    examples.stream().filter(odd -> !odd.isEmpty()).findFirst().orElse(examples.get(0));
            if (rows < FEW || skipped == 1) {
                throw first;
            }
            throw new IllegalArgumentException("prompts \"" + spec + "\": " + skipped + " of " + rows
                    + " rows cannot be sent, more than " + percent(most) + ": " + places()
                    + "; mend them, name another key or column with column=, or allow more with skip=" + remedy());
        }
    }

    /** Whether there was no row but such as have no text. */
    public boolean onlyEmpty() {
        return malformed == 0 && skipped == rows;
    }

    /** Which rows were skipped, in a sentence; nothing if none was. */
    public Optional<String> note() {
        return skipped == 0
                ? Optional.empty()
                : Optional.of(spec + ": " + CountText.of(skipped, "row")
                        + (malformed == 0 ? " without a text" : "") + CountText.form(skipped, " was", " were")
                        + " skipped, of " + rows + ": " + places());
    }

    /** What the user should know, in sentences. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        note().ifPresent(notes::add);
        if (answers > 0) {
            notes.add(spec + ": " + CountText.of(answers, "conversation", "ends", "end")
                    + " with the assistant: what it says last is the reference answer and is not sent");
        }
        if (blanks > 0) {
            notes.add(spec + ": " + CountText.of(blanks, "turn") + " without a text "
                    + CountText.form(blanks, "is", "are") + " left out");
        }
        if (followUps > 0) {
            notes.add(spec + ": " + CountText.of(followUps, "row", "has", "have")
                    + " several questions without answers between them: only the first is sent");
        }
        return notes;
    }

    private String places() {
        List<String> places = new ArrayList<>();
        examples.forEach(odd -> places.add(QuotedText.sentence(odd.place())));
        return String.join("; ", places) + (skipped > examples.size() ? "; …" : "");
    }

    private String remedy() {
        return Math.min(100, (int) Math.ceil(100.0 * skipped / rows)) + "%";
    }

    private static String percent(double share) {
        double percent = Math.round(share * 1e4) / 1e2;
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + " %";
    }
}
