package dev.llmload.junit.run;

import dev.llmload.budget.PooledRuns;
import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineFile;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.junit.declared.BaselineChoice;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The baseline of one load test as it runs: what a level is compared with, and what is written at the end. */
final class BaselineRecorder {
    private final LoadTestSpec test;
    private final RunSettings settings;
    private final List<BaselineEntry> measured = new ArrayList<>();

    BaselineRecorder(LoadTestSpec test, RunSettings settings) {
        this.test = test;
        this.settings = settings;
    }

    /**
     * What a level is compared with.
     *
     * @param level which
     * @param judged what all runs came to together
     * @param runs all runs of the level
     * @param server what the server calls itself, or empty
     * @param warn told why a run is no baseline
     */
    BaselineReference compare(
            Level level, LoadResult judged, List<LoadResult> runs, String server, Consumer<String> warn) {
        if (test.judgement().baseline().isEmpty()) {
            return BaselineReference.none("this test has no @Baseline to compare with");
        }
        BaselineChoice choice = test.judgement().baseline().get();
        Circumstances now = TestCircumstances.of(test, settings, judged, server);
        String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        List<Set<Metric>> leftOut = PooledRuns.leftOut(runs);
        List<BaselineRun> all = IntStream.range(0, runs.size())
                .mapToObj(i -> BaselineRun.of(runs.get(i), at, leftOut.get(i)))
                .toList();
        if (choice.update()) {
            keep(new BaselineEntry(test.id(), level.name(), now, all), runs, warn);
            return new BaselineReference(
                    Optional.empty(),
                    "this run is written into " + choice.path() + " (llmload.baseline.mode=update)",
                    now,
                    all);
        }
        Optional<BaselineEntry> entry = choice.stored().entry(test.id(), level.name());
        String absence = entry.isPresent()
                ? ""
                : choice.path() + " has nothing of this test at " + level.name()
                        + ": run the release to compare with once with -Dllmload.baseline.mode=update";
        return new BaselineReference(entry, absence, now, all);
    }

    /**
     * What a level that goes on is compared with, as if under the baseline's own circumstances: whether they are the same is
     * seen at its end.
     *
     * @param level which
     * @param soFar what it came to until now
     */
    BaselineReference soFar(Level level, LoadResult soFar) {
        return test.judgement()
                .baseline()
                .filter(choice -> !choice.update())
                .flatMap(choice -> choice.stored().entry(test.id(), level.name()))
                .map(entry -> new BaselineReference(
                        Optional.of(entry), "", entry.circumstances(), List.of(BaselineRun.of(soFar, ""))))
                .orElseGet(() -> BaselineReference.none("there is none to look at"));
    }

    // What measures nothing true is nothing to compare with for months to come.
    private void keep(BaselineEntry entry, List<LoadResult> runs, Consumer<String> warn) {
        Optional<ValidityCheck> broken = runs.stream()
                .flatMap(run -> run.validity().stream())
                .filter(check -> !check.ok())
                .findFirst();
        if (broken.isPresent()) {
            warn.accept(test.displayName() + " @ " + entry.level() + " is not taken as a baseline: "
                    + broken.get().check() + ": " + broken.get().detail());
        } else {
            measured.add(entry);
        }
    }

    /** Writes what was measured into the file, with what others wrote into it meanwhile; says so. */
    Optional<String> write() {
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        BaselineChoice choice = test.judgement().baseline().orElseThrow();
        BaselineFile file = BaselineFile.read(choice.path());
        for (BaselineEntry entry : measured) {
            file = file.with(entry);
        }
        file.write(choice.path());
        String levels =
                String.join(", ", measured.stream().map(BaselineEntry::level).toList());
        measured.clear();
        return Optional.of("baseline written: " + choice.path().toAbsolutePath() + " (" + test.displayName() + " @ "
                + levels + ")");
    }
}
