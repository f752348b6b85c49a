package dev.llmload.metric;

import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.time.ValuesInTime;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The requests that a level's numbers come from: those sent in the steady window, or all of them.
 *
 * @param window where the numbers come from
 * @param requests those of the sample that are kept, in the order in which they were scheduled
 * @param beyond the sums of those that are not kept
 * @param exact whether all are kept
 * @param gaps between arrivals of its requests, in nanoseconds
 * @param gapsAtLeast the same, each without what the client may have added
 * @param gapsInTime when they ended
 * @param counts what became of them
 * @param tokens their tokens
 * @param silentOnCached successes whose usage does not name cached tokens, where that of others does
 * @param promptsKnown whether the prompt tokens of at least one success are known
 */
public record Sample(
        Window window,
        List<RequestRecord> requests,
        Overflow.Sums beyond,
        boolean exact,
        Histogram gaps,
        Histogram gapsAtLeast,
        ValuesInTime gapsInTime,
        RequestCounts counts,
        TokenCounts tokens,
        long silentOnCached,
        boolean promptsKnown) {
    /** Only read. */
    private static final ValuesInTime NO_GAPS = new ValuesInTime();

    static Sample of(Window window, Merged merged, int staleConnections) {
        boolean steady = window.kind() == Window.Kind.STEADY;
        List<RequestRecord> requests = merged.records().stream()
                .filter(record -> !steady || record.phase() == Phase.WINDOW)
                .toList();
        Overflow overflow = merged.overflow();
        Overflow.Sums beyond = steady ? overflow.window : overflow.wholeRun;
        CountSums counts = new CountSums();
        TokenSums tokens = new TokenSums();
        requests.forEach(counts::add);
        requests.forEach(tokens::add);
        counts.addAll(beyond.counts);
        tokens.addAll(beyond.tokens);
        return new Sample(
                window,
                requests,
                beyond,
                overflow.requests() == 0,
                steady ? merged.windowGaps() : merged.allGaps(),
                steady ? merged.windowGapsAtLeast() : merged.allGapsAtLeast(),
                steady ? merged.windowGapsInTime() : merged.allGapsInTime(),
                counts.toCounts(staleConnections),
                tokens.toCounts(TpotBound.of(requests), HiddenPace.factor(requests)),
                tokens.silentOnCached(),
                tokens.withPrompt() > 0);
    }

    /** Of requests that are all kept; without gaps. */
    static Sample of(Window window, List<RequestRecord> requests) {
        Histogram none = new Histogram(1);
        CountSums counts = new CountSums();
        TokenSums tokens = new TokenSums();
        requests.forEach(counts::add);
        requests.forEach(tokens::add);
        return new Sample(
                window,
                requests,
                new Overflow.Sums(),
                true,
                none,
                none,
                NO_GAPS,
                counts.toCounts(0),
                tokens.toCounts(TpotBound.of(requests), HiddenPace.factor(requests)),
                tokens.silentOnCached(),
                tokens.withPrompt() > 0);
    }

    /** The successes that are kept. */
    public List<RequestRecord> successes() {
        return requests.stream().filter(RequestRecord::succeeded).toList();
    }
}
