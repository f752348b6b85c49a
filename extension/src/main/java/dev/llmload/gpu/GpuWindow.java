package dev.llmload.gpu;

import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import dev.llmload.result.text.CountText;
import dev.llmload.spi.GpuFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the GPUs did in a window, and whether enough of it was seen.
 *
 * @param telemetry each device's figures in the window, and the samples
 * @param objections why the telemetry is not whole, a sentence each: a GPU was lost, more than 20 % of the readings are
 *     missing, the source is stale or refreshed fewer than 20 times. If there is one, no figure of the telemetry may decide a budget
 * @param onlySeldom whether the objections are only that the source refreshed too seldom: energy and what is made of it are then
 *     known within their uncertainty
 * @param notes what a reader should know besides: failed readings, a counter and a power that contradict each other
 * @param detail how much was read, for the list of checks
 */
public record GpuWindow(
        GpuMeasurement telemetry, List<String> objections, boolean onlySeldom, List<String> notes, String detail) {
    static final double MAX_MISSING = 0.20;
    static final int MIN_REFRESHES = 20;

    /** Copies the lists. */
    public GpuWindow {
        objections = List.copyOf(objections);
        notes = List.copyOf(notes);
    }

    /**
     * Looks at a window.
     *
     * @param log what was sampled of it, see {@link GpuSampler#between}
     * @param openNanos when it opened, {@link System#nanoTime()}
     * @param closeNanos when it closed, later
     * @param idleWatts each device's power before any load, by UUID, see {@link #idleWatts}
     * @return its figures
     * @throws IllegalArgumentException if the window is empty
     */
    public static GpuWindow of(GpuLog log, long openNanos, long closeNanos, Map<String, Double> idleWatts) {
        if (closeNanos - openNanos <= 0) {
            throw new IllegalArgumentException(
                    "the window must close after it opens, but is " + (closeNanos - openNanos) + " ns long");
        }
        List<GpuUse> uses = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int readings = 0;
        int refreshes = Integer.MAX_VALUE;
        double missing = 0;
        boolean onlySeldom = true;
        for (GpuFacts facts : log.devices()) {
            DeviceWindow window = DeviceWindow.of(log, facts.device(), openNanos, closeNanos);
            uses.add(window.use(idleWatts.getOrDefault(facts.device().uuid(), Double.NaN)));
            window.loss().or(window::tooSeldom).ifPresent(objections::add);
            onlySeldom &= window.loss().isEmpty();
            window.contradiction().ifPresent(notes::add);
            readings += window.readings();
            refreshes = Math.min(refreshes, window.refreshes());
            missing = Math.max(missing, window.missing());
        }
        log.troubles().forEach((uuid, trouble) -> notes.add(uuid + ": " + trouble));
        String detail = String.format(
                Locale.ROOT,
                "%s every %d ms: %d readings of %s, %.1f %% missing, refreshed %d times",
                log.source(),
                log.period().toMillis(),
                readings,
                CountText.of(uses.size(), "GPU"),
                100 * missing,
                refreshes);
        return new GpuWindow(
                new GpuMeasurement(log.source(), uses, log.samples()),
                objections,
                onlySeldom && !objections.isEmpty(),
                notes,
                detail);
    }

    /**
     * Mean power of each device while nothing was asked of it, time-weighted.
     *
     * @param log what was sampled before any load was offered
     * @return watts by UUID; devices without a reading of power are left out
     */
    public static Map<String, Double> idleWatts(GpuLog log) {
        Map<String, Double> idle = new HashMap<>();
        for (GpuFacts facts : log.devices()) {
            String uuid = facts.device().uuid();
            double watts = Energy.meanWatts(of(log.samples(), uuid));
            if (!Double.isNaN(watts)) {
                idle.put(uuid, watts);
            }
        }
        return idle;
    }

    static List<GpuSample> of(List<GpuSample> samples, String uuid) {
        return samples.stream().filter(sample -> sample.uuid().equals(uuid)).toList();
    }
}
