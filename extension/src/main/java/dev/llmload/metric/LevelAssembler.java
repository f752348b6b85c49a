package dev.llmload.metric;

import dev.llmload.metric.check.AchievedRate;
import dev.llmload.metric.check.Checks;
import dev.llmload.metric.check.Evidence;
import dev.llmload.metric.check.StreamIsStream;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a level's result of its records. Pure: reads no clock, keeps nothing, safe for use by any thread.
 *
 * <p>The sample is what was sent in the steady window (the whole run, if that window is unfit), and latencies and success
 * come from all of it. Rates come from what happened in the window, whoever caused it. What a deadline or a stop cut off
 * is counted and in no rate: {@code success_rate} is successes / (attempted − cut).
 *
 * <p>Of a level with more requests than its recorders keep, distributions, counts and rates cover all requests by
 * histograms of three digits and bins of 50 ms; medians within checks, and the bound on TPOT, those that are kept.
 */
public final class LevelAssembler {
    /** One token of a hundred: servers count the end of an answer as a token that is no event. */
    private static final double BOUND_WORTH_SAYING = 0.01;

    private LevelAssembler() {}

    /**
     * The result of a level that nothing ran before.
     *
     * @param m what the engine measured
     * @return the result, with what it says about its own validity
     */
    public static LoadResult assemble(LevelRecording m) {
        return assemble(m, Set.of());
    }

    /**
     * The result of a level.
     *
     * @param m what the engine measured
     * @param promptsBefore identities of the prompts that the warm-up and earlier levels of the run sent (see
     *     {@link LevelRecording#prompts()}); a request that repeats one is not fresh
     * @return the result, with what it says about its own validity
     */
    public static LoadResult assemble(LevelRecording m, Set<Long> promptsBefore) {
        Merged merged = Merged.of(m.recorders());
        WindowChoice choice = WindowChoice.of(m, merged);
        Sample sample = Sample.of(choice.window(), merged, m.staleConnections());
        WindowSums sums = WindowSums.of(choice.window(), merged);
        String notAStream = StreamIsStream.of(sample).ok() ? "" : StreamIsStream.ABSENT_REASON;
        Map<Metric, Distribution> distributions = Distributions.of(sample, m.level(), notAStream);
        MeasurementError error = MeasurementErrors.of(
                sample, sums, m.level(), notAStream, m.health().sentinel());
        Evidence evidence =
                new Evidence(m, sample, sums, merged.records(), distributions, error, Set.copyOf(promptsBefore));
        List<ValidityCheck> validity = Checks.judge(evidence);
        return Measurement.of(m.subject(), m.level())
                .window(choice.window())
                .requests(sample.counts())
                .tokens(sample.tokens())
                .inFlightMean(Double.isNaN(sums.inFlightMean()) ? 0 : sums.inFlightMean())
                .distributions(distributions)
                .quantities(quantities(evidence, merged, notAStream))
                .timeline(Timeline.of(m.level(), m.wholeRun(), choice.window(), merged))
                .server(ServerSeries.of(m.serverWork().log()))
                .checks(validity)
                .notes(notes(m, choice, merged, sample))
                .error(error)
                .build();
    }

    private static Map<Metric, Quantity> quantities(Evidence evidence, Merged merged, String notAStream) {
        Map<Metric, Quantity> quantities = Quantities.of(evidence.sample(), evidence.sums());
        quantities.putAll(Quantities.good(evidence.sample(), merged, notAStream));
        quantities.putAll(ServerSeries.quantities(
                evidence.measurement().serverWork(), evidence.sample().window()));
        double achieved = evidence.measurement().level().isOpen() ? AchievedRate.of(evidence) : Double.NaN;
        if (!Double.isNaN(achieved)) {
            quantities.put(Metric.ACHIEVED_RATE, Quantity.of(Metric.ACHIEVED_RATE, achieved));
        }
        return quantities;
    }

    private static List<String> notes(LevelRecording m, WindowChoice choice, Merged merged, Sample sample) {
        List<String> notes = new ArrayList<>(m.notes());
        if (!choice.note().isEmpty()) {
            notes.add(capital(choice.note()) + ".");
        }
        notes.addAll(FailureNotes.of(sample.requests()));
        notes.addAll(FailureNotes.beforeTheWindow(choice.window(), merged.records()));
        if (!sample.exact()) {
            notes.add("Only the first " + merged.records().size() + " of "
                    + (merged.records().size() + merged.overflow().requests())
                    + " requests are kept exactly; percentiles come from histograms of three digits.");
        }
        if (sample.tokens().counted()) {
            notes.add("Tokens are counted events, not the server's usage.");
        }
        notes.addAll(UsageNotes.of(sample.successes()));
        if (sample.promptsKnown() && !sample.tokens().cachedKnown()) {
            notes.add("The server did not say how many prompt tokens came from its cache;"
                    + " total_throughput counts those as uncached.");
        }
        if (sample.tokens().cachedKnown() && sample.silentOnCached() > 0) {
            notes.add("The usage of " + sample.silentOnCached() + " of "
                    + CountText.of(sample.tokens().withUsage(), "answer")
                    + " names no cached tokens, and never 0 in the others: they count as 0.");
        }
        missedChecks(sample.requests()).ifPresent(notes::add);
        double bound = sample.tokens().tpotBound();
        if (bound >= BOUND_WORTH_SAYING) {
            notes.add("How many tokens the first event held is not known, so tpot and output_speed are known to ±"
                    + CheckText.percent(bound) + " only.");
        }
        double factor = sample.tokens().hiddenFactor();
        if (factor > 1) {
            notes.add(
                    "The usage counts more tokens than events came and names no reasoning: if the rest was hidden reasoning,"
                            + " tpot is up to " + CheckText.number(factor)
                            + " times too low, and output_speed too high.");
        }
        ServerLog server = m.serverWork().log();
        if (server.missed() > 0) {
            notes.add("The server's own page was not read in " + server.missed() + " of "
                    + CountText.of(server.missed() + server.samples().size(), "attempt") + " (" + server.reason()
                    + "), so its series has gaps.");
        }
        long backwards = merged.backwardGaps() + backwards(sample.requests());
        if (backwards > 0) {
            notes.add("Time ran backwards in " + CountText.of(backwards, "place")
                    + ": those values are left out, as errors of measurement.");
        }
        return notes;
    }

    private static Optional<String> missedChecks(List<RequestRecord> requests) {
        long missed = requests.stream().filter(r -> r.flags().missed()).count();
        long checked = requests.stream().filter(r -> r.flags().checked()).count();
        return missed == 0
                ? Optional.empty()
                : Optional.of("The answer check was too slow: it looked at " + checked + " of "
                        + CountText.of(missed + checked, "answer") + " in time, and the others count as right.");
    }

    private static long backwards(List<RequestRecord> requests) {
        return requests.stream()
                .filter(RequestRecord::succeeded)
                .filter(record -> !RequestValues.has(Metric.SERVICE_TTFT, record)
                        || !RequestValues.has(Metric.SERVICE_E2E, record)
                        || !RequestValues.has(Metric.STREAM_CLOSE, record))
                .count();
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
