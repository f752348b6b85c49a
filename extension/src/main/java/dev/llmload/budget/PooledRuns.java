package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Several runs of a level as one: percentiles and shares of the requests of all runs together, numbers of which a run has
 * one (throughput, MFU, energy) the median of the runs. A run that did not measure a metric truly is left out of it and
 * named; where that is half of the runs or more, the metric is of all runs and decides nothing. What a run happened to
 * look like (window, timeline, GPUs) is that of the run in the middle by its median TTFT. Pure functions, safe for any
 * thread.
 */
public final class PooledRuns {
    private static final String CHECK = "runs are valid";

    private final List<LoadResult> runs;
    private final List<Set<Metric>> untrue;

    private PooledRuns(List<LoadResult> runs) {
        this.runs = runs;
        this.untrue = runs.stream().map(PooledRuns::untrue).toList();
    }

    /**
     * All runs together.
     *
     * @param runs at least one, in their order; a single one stays as it is
     */
    public static LoadResult of(List<LoadResult> runs) {
        return runs.size() == 1 ? runs.get(0) : new PooledRuns(List.copyOf(runs)).pool();
    }

    /**
     * Which run's window, timeline and GPUs stand for all: the one in the middle by its median TTFT (of an even number the
     * faster of the two), of those that measured truly, if any did. A run whose median falls on a failed request, or that has
     * none, is slower than all others.
     *
     * @param runs at least one, in their order
     * @return its index
     */
    public static int shown(List<LoadResult> runs) {
        List<Integer> clean = IntStream.range(0, runs.size())
                .filter(i -> untrue(runs.get(i)).isEmpty())
                .boxed()
                .toList();
        List<Integer> order = (clean.isEmpty() ? IntStream.range(0, runs.size()).boxed() : clean.stream())
                .sorted(Comparator.comparingDouble(i -> ttft(runs.get(i))))
                .toList();
        return order.get((order.size() - 1) / 2);
    }

    private static double ttft(LoadResult run) {
        Distribution values = run.distribution(Metric.TTFT);
        return values.isRanked()
                ? values.percentileFailuresAbove(50).orElse(Double.POSITIVE_INFINITY)
                : Double.POSITIVE_INFINITY;
    }

    /**
     * Why a run is left out of what it did not measure truly; empty if it did.
     *
     * @param run one of several
     */
    public static String whyLeftOut(LoadResult run) {
        List<String> what = new ArrayList<>(run.validity().stream()
                .filter(check -> !check.ok())
                .map(check -> check.check() + " (broken)")
                .toList());
        if (UnfinishedRequests.tooMany(run)) {
            what.add(UnfinishedRequests.detail(run.requests()));
        }
        return String.join(", ", what);
    }

    /** What a run did not measure truly. */
    private static Set<Metric> untrue(LoadResult run) {
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        run.validity().stream()
                .filter(check -> !check.ok())
                .forEach(check -> metrics.addAll(check.bias().keySet()));
        if (UnfinishedRequests.tooMany(run)) {
            metrics.addAll(EnumSet.allOf(Metric.class));
        }
        return metrics;
    }

    /** Whether a run measured a metric truly. */
    static boolean measures(LoadResult run, Metric metric) {
        return !untrue(run).contains(metric);
    }

    /**
     * What each run is left out of.
     *
     * @param runs at least one, in their order
     * @return as many as there are runs
     */
    public static List<Set<Metric>> leftOut(List<LoadResult> runs) {
        PooledRuns all = new PooledRuns(runs);
        return all.untrue.stream()
                .map(each -> {
                    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
                    each.stream().filter(metric -> !all.decidesNothing(metric)).forEach(metrics::add);
                    return metrics;
                })
                .toList();
    }

    private LoadResult pool() {
        LoadResult shown = runs.get(shown(runs));
        RequestCounts counts = PooledCounts.requests(runs);
        Measurement.Builder pooled = Measurement.of(shown.subject(), shown.level())
                .window(shown.window())
                .requests(counts)
                .tokens(PooledCounts.tokens(runs))
                .inFlightMean(median(
                        runs.stream().mapToDouble(LoadResult::inFlightMean).toArray()))
                .error(error())
                .checks(checks(shown))
                .check(check())
                .timeline(shown.timeline())
                .notes(notes())
                .gpu(shown.gpu())
                .server(shown.server());
        for (Metric metric : Metric.values()) {
            if (metric.isDistribution()) {
                pooled.distribution(
                        metric,
                        Values.pooled(counted(metric).stream()
                                .map(run -> run.distribution(metric))
                                .toList()));
            } else {
                pooled.quantity(quantity(metric, counts));
            }
        }
        return pooled.build();
    }

    /** As the runs are pooled; where one number stands for a run, that of the worst. */
    private MeasurementError error() {
        return new MeasurementError(
                ends((run, metric) -> run.error().best(metric)),
                ends((run, metric) -> run.error().worst(metric)),
                runs.stream()
                        .mapToDouble(run -> run.error().clientShare())
                        .max()
                        .orElse(0),
                runs.stream()
                        .flatMap(run -> run.error().sentinel().stream())
                        .max(Comparator.comparingLong(MeasurementError.Sentinel::p99)));
    }

    private Map<Metric, Distribution> ends(BiFunction<LoadResult, Metric, Optional<Distribution>> end) {
        Map<Metric, Distribution> all = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            boolean any = metric.isDistribution()
                    && counted(metric).stream()
                            .anyMatch(run -> end.apply(run, metric).isPresent());
            if (any) {
                all.put(
                        metric,
                        Values.pooled(counted(metric).stream()
                                .map(run -> end.apply(run, metric).orElseGet(() -> run.distribution(metric)))
                                .toList()));
            }
        }
        return all;
    }

    /** The runs that a metric is of. */
    private List<LoadResult> counted(Metric metric) {
        return decidesNothing(metric)
                ? runs
                : IntStream.range(0, runs.size())
                        .filter(i -> !untrue.get(i).contains(metric))
                        .mapToObj(runs::get)
                        .toList();
    }

    private boolean decidesNothing(Metric metric) {
        return 2 * untrue.stream().filter(each -> each.contains(metric)).count() >= runs.size();
    }

    private Quantity quantity(Metric metric, RequestCounts counts) {
        if (metric == Metric.SUCCESS_RATE && counts.attempted() > counts.cut()) {
            return Quantity.of(metric, (double) counts.succeeded() / (counts.attempted() - counts.cut()));
        }
        List<LoadResult> present = counted(metric).stream()
                .filter(run -> run.quantity(metric).isPresent())
                .toList();
        if (2 * present.size() < runs.size() || present.isEmpty()) {
            return runs.stream()
                    .map(run -> run.quantity(metric))
                    .filter(quantity -> !quantity.isPresent())
                    .findFirst()
                    .orElseGet(() -> Quantity.absent(metric, "too few runs measured it"));
        }
        double value = switch (metric) {
            case GOOD_FRACTION -> PooledCounts.share(present, metric);
            case CACHED_SHARE -> PooledCounts.cachedShare(present);
            default ->
                median(present.stream()
                        .mapToDouble(run -> run.quantity(metric).value())
                        .toArray());
        };
        return present.stream().anyMatch(run -> run.quantity(metric).isUpperBound())
                ? Quantity.atMost(metric, value)
                : Quantity.of(metric, value);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The checks of the run that is shown; a run that was left out of a metric says nothing against that metric. */
    private List<ValidityCheck> checks(LoadResult shown) {
        return shown.validity().stream()
                .map(check -> {
                    Map<Metric, Bias> bias = new EnumMap<>(Metric.class);
                    check.bias().forEach((metric, way) -> {
                        if (decidesNothing(metric)) {
                            bias.put(metric, way);
                        }
                    });
                    return check.ok() || !bias.isEmpty()
                            ? new ValidityCheck(check.check(), check.status(), check.detail(), bias)
                            : new ValidityCheck(check.check(), ValidityCheck.Status.WARNING, check.detail(), Map.of());
                })
                .toList();
    }

    /** What all runs say is said once, what some say with their number. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            for (String note : runs.get(i).notes()) {
                boolean common = runs.stream().allMatch(run -> run.notes().contains(note));
                String said = common ? note : "run " + (i + 1) + ": " + note;
                if (!notes.contains(said)) {
                    notes.add(said);
                }
            }
        }
        return notes;
    }

    private ValidityCheck check() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String why = whyLeftOut(runs.get(i));
            if (!why.isEmpty()) {
                words.add("run " + (i + 1) + ": " + why);
            }
        }
        Map<Metric, Bias> bias = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            if (decidesNothing(metric)) {
                bias.put(metric, Bias.UNKNOWN);
            }
        }
        ValidityCheck.Status status = words.isEmpty()
                ? ValidityCheck.Status.OK
                : bias.isEmpty() ? ValidityCheck.Status.WARNING : ValidityCheck.Status.BROKEN;
        String detail = words.isEmpty() ? "all " + runs.size() : "left out: " + String.join("; ", words);
        return new ValidityCheck(CHECK, status, detail, bias);
    }
}
