package dev.llmload.junit.run;

import dev.llmload.budget.LevelRepeat;
import dev.llmload.budget.PooledRuns;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.report.PhaseSpan;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All runs of one level, and what they come to together. Confined to the thread of the test. */
final class LevelRuns {
    /** One run: what it came to, and when. */
    record Run(LoadResult result, List<PhaseSpan> phases) {}

    /** Offers the level's load once. */
    interface Offer {
        /**
         * Offers it.
         *
         * @param number which run, from 1
         * @param deadline for this one, if there is any
         */
        Run run(int number, Optional<Duration> deadline);
    }

    private final int wanted;
    private final List<Run> runs = new ArrayList<>();
    private String ended = "";
    private String aborted = "";

    private LevelRuns(int wanted) {
        this.wanted = wanted;
    }

    /**
     * Offers a level as often as wanted, or until its deadline.
     *
     * @param wanted how often, at least 1
     * @param deadline for all runs together
     * @param offer of one
     */
    static LevelRuns of(int wanted, Optional<Duration> deadline, Offer offer) {
        LevelRuns all = new LevelRuns(wanted);
        long begun = System.nanoTime();
        while (all.runs.size() < wanted && all.ended.isEmpty()) {
            Optional<Duration> left = deadline.map(limit -> limit.minusNanos(System.nanoTime() - begun));
            boolean late =
                    left.filter(rest -> rest.isNegative() || rest.isZero()).isPresent();
            if (late && !all.runs.isEmpty()) {
                all.ended = "the deadline was over";
            } else {
                all.add(offer, all.runs.isEmpty() ? deadline : left);
            }
        }
        return all;
    }

    private void add(Offer offer, Optional<Duration> deadline) {
        int number = runs.size() + 1;
        Run run;
        try {
            run = offer.run(number, deadline);
        } catch (EndpointUnusableException e) {
            throw number == 1
                    ? e
                    : new EndpointUnusableException(
                            "run " + number + " of " + wanted + ": " + e.getMessage(), e.requests());
        }
        if (number > 1 && run.result().requests().attempted() == 0) {
            ended = run.result().window().endedBy();
        } else {
            runs.add(run);
            run.result().aborted().ifPresent(reason -> {
                aborted = "run " + number + ": " + reason;
                ended = "run " + number + " was aborted";
            });
        }
    }

    /** What each run came to, in their order. */
    List<LoadResult> results() {
        return runs.stream().map(Run::result).toList();
    }

    /** All of them together, with what is wrong with any of them. */
    LoadResult judged() {
        LoadResult pooled = PooledRuns.of(results());
        if (!aborted.isEmpty() && pooled.aborted().isEmpty()) {
            pooled = Measurement.from(pooled).aborted(aborted).build();
        }
        return ended.isEmpty() || runs.size() == wanted
                ? pooled
                : Measurement.from(pooled)
                        .notes(List.of(runs.size() + " of " + wanted + " runs were made: " + ended))
                        .build();
    }

    /** All runs for the reports; none if only one was wanted. */
    List<LevelRepeat> forReports(Function<LoadResult, Verdict> verdict) {
        List<LevelRepeat> all = new ArrayList<>();
        for (int i = 0; wanted > 1 && i < runs.size(); i++) {
            LoadResult result = runs.get(i).result();
            all.add(new LevelRepeat(
                    i + 1,
                    result,
                    verdict.apply(result),
                    i == PooledRuns.shown(results()),
                    PooledRuns.whyLeftOut(result)));
        }
        return all;
    }

    /** What happened when: of the run that is shown its phases, of the others from the first request to the last. */
    List<PhaseSpan> phases() {
        List<PhaseSpan> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<PhaseSpan> phases = runs.get(i).phases();
            if (i == PooledRuns.shown(results())) {
                all.addAll(phases);
            } else {
                PhaseSpan last = phases.get(phases.size() - 1);
                all.add(new PhaseSpan(
                        "run " + (i + 1) + " of " + wanted, phases.get(0).start(), last.stop()));
            }
        }
        return all;
    }
}
