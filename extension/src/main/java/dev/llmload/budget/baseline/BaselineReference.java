package dev.llmload.budget.baseline;

import dev.llmload.result.LoadResult;
import dev.llmload.result.measured.Measurement;
import java.util.List;
import java.util.Optional;

/**
 * What a level is compared with. Immutable.
 *
 * @param entry what the baseline keeps of the level, if it does
 * @param absence why it does not, and what to do; empty if it does
 * @param now the circumstances of this run
 * @param runs all runs of the level, the judged one among them; at least one
 */
public record BaselineReference(
        Optional<BaselineEntry> entry, String absence, Circumstances now, List<BaselineRun> runs) {
    /** Copies the list. */
    public BaselineReference {
        runs = List.copyOf(runs);
    }

    /** There is none. */
    public static BaselineReference none(String why) {
        return new BaselineReference(
                Optional.empty(), why, new Circumstances(java.util.Map.of(), java.util.Map.of()), List.of());
    }

    /** How the headline numbers changed, better or worse; none where nothing can be compared. */
    public List<Change> changes() {
        return entry.map(found -> BaselineNotes.changes(found, this)).orElse(List.of());
    }

    /** The result, with what a reader should know of the comparison. */
    public LoadResult annotate(LoadResult result) {
        return entry.map(found -> Measurement.from(result)
                        .notes(BaselineNotes.of(found, this))
                        .build())
                .orElse(result);
    }
}
