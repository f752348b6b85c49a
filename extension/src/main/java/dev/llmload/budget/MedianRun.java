package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.measured.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Of several runs of a level the one in the middle, by the median TTFT that its budgets are judged on (in open loop the
 * scheduled one): the number that users feel and that moves first when anything does. A run whose median falls on a failed
 * request, or that has none, is slower than all others. Of an even number it is the faster of the two. Pure functions, safe
 * for any thread.
 */
public final class MedianRun {
    /** What runs are put in order by, in words. */
    public static final String ORDER = "ttft p50";

    private static final String CHECK = "runs are valid";

    private MedianRun() {}

    /**
     * Which run it is.
     *
     * @param runs at least one, in their order
     * @return its index
     */
    public static int of(List<LoadResult> runs) {
        List<Integer> order = IntStream.range(0, runs.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> ttft(runs.get(i))))
                .toList();
        return order.get((runs.size() - 1) / 2);
    }

    private static double ttft(LoadResult run) {
        Distribution values = run.distribution(Metric.TTFT);
        return values.isPresent()
                ? values.percentileFailuresAbove(50).orElse(Double.POSITIVE_INFINITY)
                : Double.POSITIVE_INFINITY;
    }

    /**
     * The judged run, with what is wrong with any of them: a warning, or, for what half of the runs or more did not measure
     * truly, a broken check, because then nobody knows which of them is the one in the middle.
     *
     * @param judged one of them
     * @param runs all of them in their order; with one nothing is added
     */
    public static LoadResult annotate(LoadResult judged, List<LoadResult> runs) {
        List<String> words = new ArrayList<>();
        Map<Metric, Integer> affected = new EnumMap<>(Metric.class);
        for (int i = 0; i < runs.size(); i++) {
            LoadResult run = runs.get(i);
            List<ValidityCheck> broken =
                    run.validity().stream().filter(check -> !check.ok()).toList();
            Set<Metric> metrics = EnumSet.noneOf(Metric.class);
            broken.forEach(check -> metrics.addAll(check.bias().keySet()));
            List<String> what = new ArrayList<>(
                    broken.stream().map(check -> check.check() + " (broken)").toList());
            if (UnfinishedRequests.tooMany(run)) {
                metrics.addAll(EnumSet.allOf(Metric.class));
                what.add(UnfinishedRequests.detail(run.requests()));
            }
            metrics.forEach(metric -> affected.merge(metric, 1, Integer::sum));
            if (!what.isEmpty()) {
                words.add("run " + (i + 1) + ": " + String.join(", ", what));
            }
        }
        if (runs.size() == 1) {
            return judged;
        }
        Map<Metric, Bias> bias = new EnumMap<>(Metric.class);
        affected.forEach((metric, count) -> {
            if (2 * count >= runs.size()) {
                bias.put(metric, Bias.UNKNOWN);
            }
        });
        ValidityCheck.Status status = words.isEmpty()
                ? ValidityCheck.Status.OK
                : bias.isEmpty() ? ValidityCheck.Status.WARNING : ValidityCheck.Status.BROKEN;
        String detail = words.isEmpty() ? "all " + runs.size() : String.join("; ", words);
        return Measurement.from(judged)
                .check(new ValidityCheck(CHECK, status, detail, bias))
                .build();
    }
}
