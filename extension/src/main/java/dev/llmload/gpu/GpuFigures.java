package dev.llmload.gpu;

import dev.llmload.result.Bias;
import dev.llmload.result.GpuUse;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The figures that a level has of its GPUs (docs/metrics.md): power and energy are sums over the devices, utilisation
 * is their mean, memory and temperature the highest of any. Pure, safe for use by any thread.
 *
 * @param quantities {@code power}, {@code energy}, {@code joules_per_token}, {@code tokens_per_joule}, {@code gpu_util},
 *     {@code gpu_memory} and {@code gpu_temperature}, each with a value or the reason why there is none
 * @param check whether the telemetry is whole
 * @param notes what a reader should know, one sentence each
 */
public record GpuFigures(Map<Metric, Quantity> quantities, ValidityCheck check, List<String> notes) {
    /** Name of the check. */
    public static final String CHECK = "telemetry is whole";

    private static final String MISSING = "the GPU or its source does not have it";

    private static final List<Metric> METRICS = List.of(
            Metric.POWER,
            Metric.ENERGY,
            Metric.JOULES_PER_TOKEN,
            Metric.TOKENS_PER_JOULE,
            Metric.GPU_UTIL,
            Metric.GPU_MEMORY,
            Metric.GPU_TEMPERATURE);

    private static final List<Metric> OF_ENERGY =
            List.of(Metric.POWER, Metric.ENERGY, Metric.JOULES_PER_TOKEN, Metric.TOKENS_PER_JOULE);

    /** Copies the collections. */
    public GpuFigures {
        quantities = Map.copyOf(quantities);
        notes = List.copyOf(notes);
    }

    /**
     * None, and why.
     *
     * @param reason in words
     */
    public static GpuFigures absent(String reason) {
        Map<Metric, Quantity> absent = new EnumMap<>(Metric.class);
        METRICS.forEach(metric -> absent.put(metric, Quantity.absent(metric, reason)));
        return new GpuFigures(absent, new ValidityCheck(CHECK, Status.NOT_MEASURED, reason, Map.of()), List.of());
    }

    /**
     * Of a level.
     *
     * @param window what the GPUs did in it
     * @param result of the level, for its tokens
     * @param instances why power, energy and utilisation are not those of what was measured, because the devices are
     *     split (MIG); empty if they are
     */
    public static GpuFigures of(GpuWindow window, LoadResult result, String instances) {
        List<GpuUse> uses = window.telemetry().devices();
        double energy = sum(uses, GpuUse::energyJoules);
        double seconds = result.window().seconds();
        double tokens = result.throughput().isPresent() ? result.throughput().value() * seconds : Double.NaN;
        Map<Metric, Quantity> made = new EnumMap<>(Metric.class);
        String whole = instances.isEmpty() ? MISSING : instances;
        String perToken = tokens > 0 ? whole : "no output tokens are known";
        boolean own = instances.isEmpty();
        put(made, Metric.ENERGY, own ? energy : Double.NaN, whole);
        put(made, Metric.POWER, own ? energy / seconds : Double.NaN, whole);
        put(made, Metric.JOULES_PER_TOKEN, own && tokens > 0 ? energy / tokens : Double.NaN, perToken);
        put(made, Metric.TOKENS_PER_JOULE, own && tokens > 0 ? tokens / energy : Double.NaN, perToken);
        put(made, Metric.GPU_UTIL, own ? mean(uses, GpuUse::gpuUtil) : Double.NaN, whole);
        put(made, Metric.GPU_MEMORY, max(uses, GpuUse::memoryUsedBytes) / 1e9, MISSING);
        put(made, Metric.GPU_TEMPERATURE, max(uses, GpuUse::temperatureCelsius), MISSING);
        List<String> notes = new ArrayList<>(window.notes());
        energyNote(uses, energy, seconds, tokens, own).ifPresent(notes::add);
        return new GpuFigures(made, check(window), notes);
    }

    private static ValidityCheck check(GpuWindow window) {
        if (window.objections().isEmpty()) {
            return new ValidityCheck(CHECK, Status.OK, window.detail(), Map.of());
        }
        Map<Metric, Bias> bias = new HashMap<>();
        // What is known within its uncertainty, that decides.
        boolean known = window.onlySeldom()
                && window.telemetry().devices().stream().noneMatch(use -> Double.isNaN(use.energyUncertainty()));
        METRICS.stream()
                .filter(metric -> !known || !OF_ENERGY.contains(metric))
                .forEach(metric -> bias.put(metric, Bias.UNKNOWN));
        return new ValidityCheck(CHECK, Status.BROKEN, String.join("; ", window.objections()), bias);
    }

    private static Optional<String> energyNote(
            List<GpuUse> uses, double energy, double seconds, double tokens, boolean own) {
        if (!own || !(energy > 0)) {
            return Optional.empty();
        }
        String methods = String.join(
                " and ",
                uses.stream().map(GpuUse::energyMethod).distinct().sorted().toList());
        double uncertainty = max(uses, GpuUse::energyUncertainty);
        double idle = sum(uses, GpuUse::idleWatts);
        String net = Double.isNaN(idle)
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.0f J of it above the %.0f W drawn when idle",
                        sum(uses, GpuUse::netEnergyJoules),
                        idle);
        String each =
                tokens > 0 ? String.format(Locale.ROOT, "; %.3g Wh per 1000 output tokens", energy / 3.6 / tokens) : "";
        return Optional.of(String.format(
                Locale.ROOT,
                "Energy of the window by %s: %.0f J ± %.1f %%%s%s.",
                methods,
                energy,
                100 * uncertainty,
                net,
                each));
    }

    private static void put(Map<Metric, Quantity> made, Metric metric, double value, String reason) {
        made.put(metric, Double.isFinite(value) ? Quantity.of(metric, value) : Quantity.absent(metric, reason));
    }

    // One device without the value makes the sum unknown.
    private static double sum(List<GpuUse> uses, ToDoubleFunction<GpuUse> value) {
        return uses.stream().mapToDouble(value).sum();
    }

    private static double mean(List<GpuUse> uses, ToDoubleFunction<GpuUse> value) {
        return uses.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static double max(List<GpuUse> uses, ToDoubleFunction<GpuUse> value) {
        return uses.stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(Double.NaN);
    }
}
