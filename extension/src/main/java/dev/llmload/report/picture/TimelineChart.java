package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.result.GpuSample;
import dev.llmload.result.LoadResult;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.Window;
import dev.llmload.result.text.CountText;
import dev.llmload.result.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A level over time: tokens per second, requests in flight, failures, and the power of the GPUs, on one axis. */
public final class TimelineChart {
    private TimelineChart() {}

    /**
     * Draws it.
     *
     * @param level a judged level
     * @return an SVG document, the same for the same level
     */
    public static String svg(LevelVerdict level) {
        LoadResult result = level.result();
        List<TimelinePoint> timeline = result.timeline();
        String finding = finding(result);
        double seconds = timeline.isEmpty()
                ? 1
                : (timeline.get(timeline.size() - 1).endNanos()
                                - timeline.get(0).nanos())
                        / 1e9;
        long origin = timeline.isEmpty() ? 0 : timeline.get(0).nanos();
        List<TimeStack.Part> parts = parts(result, origin, seconds);
        Svg svg = new Svg(ChartStyle.WIDTH, TimeStack.height(parts.size()), finding, describe(result));
        ChartStyle.heading(
                svg, finding, ChartStyle.about(level), result.subject().simulated());
        TimeStack stack = new TimeStack(svg, seconds, parts.size());
        if (!timeline.isEmpty()) {
            Window window = result.window();
            stack.band(
                    clamp((window.openNanos() - origin) / 1e9, seconds),
                    clamp((window.closeNanos() - origin) / 1e9, seconds),
                    window.kind() == Window.Kind.STEADY ? "window that is measured" : "whole run");
        }
        parts.forEach(part -> stack.panel(part, "no request was sent"));
        return svg.toString();
    }

    private static List<TimeStack.Part> parts(LoadResult result, long origin, double seconds) {
        List<TimelinePoint> timeline = result.timeline();
        List<GpuSample> samples = result.gpu().map(gpu -> gpu.samples()).orElse(List.of());
        List<Panel.Point> power = GpuSeries.of(samples, origin, seconds, GpuSample::powerWatts, Double::sum);
        return TimeStack.measured(List.of(
                new TimeStack.Part(
                        lines("output tokens a second", timeline, TimelinePoint::tokensPerSecond, Palette.GREEN), 0),
                new TimeStack.Part(lines("requests in flight", timeline, TimelinePoint::inFlight, Palette.BLUE), 1),
                new TimeStack.Part(
                        lines(
                                "failures a second",
                                timeline,
                                point -> point.failures() * 1e9 / point.lengthNanos(),
                                Palette.VERMILLION),
                        1),
                new TimeStack.Part(
                        power.isEmpty()
                                ? List.of()
                                : List.of(new TimeStack.Line(
                                        "power of the GPUs, W", power, Stroke.solid(Palette.ORANGE, 1.8), false)),
                        0)));
    }

    private static double clamp(double value, double high) {
        return Math.max(0, Math.min(high, value));
    }

    private static List<TimeStack.Line> lines(
            String name, List<TimelinePoint> timeline, ToDoubleFunction<TimelinePoint> value, String colour) {
        List<Panel.Point> points = new ArrayList<>();
        for (TimelinePoint point : timeline) {
            double y = value.applyAsDouble(point);
            if (!Double.isNaN(y)) {
                points.add(new Panel.Point((point.endNanos() - timeline.get(0).nanos()) / 1e9, y));
            }
        }
        return points.isEmpty()
                ? List.of()
                : List.of(new TimeStack.Line(name, points, Stroke.solid(colour, 1.8), true));
    }

    private static String finding(LoadResult result) {
        String level = result.level().name();
        long failures =
                result.timeline().stream().mapToLong(TimelinePoint::failures).sum();
        if (failures > 0) {
            long counted = Math.min(failures, result.requests().failed());
            long outside = failures - counted;
            String window = result.window().kind() == Window.Kind.STEADY ? " in the window" : "";
            return CountText.of(counted, "failure") + window + " at " + level
                    + (outside > 0 ? ", and " + outside + " outside it, which are not counted" : "");
        }
        return result.throughput().isPresent()
                ? Numbers.plain(result.throughput().value()) + " tok/s in the window at " + level
                : "Over time at " + level;
    }

    private static String describe(LoadResult result) {
        return String.format(
                Locale.ROOT,
                "Over time: output tokens, requests in flight and failures at %s, %s long; on average %s in flight.",
                result.level().name(),
                DurationText.of(result.window().wholeRun()),
                Numbers.plain(result.inFlightMean()));
    }
}
