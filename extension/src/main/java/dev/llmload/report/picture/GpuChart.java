package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the GPUs did during the levels of a test: utilisation, power with its limit, temperature; each level's window is a
 * band, and throttling is marked.
 */
public final class GpuChart {
    private final List<LoadResult> levels;
    private final List<GpuSample> samples;
    private final long origin;
    private final double seconds;

    private GpuChart(List<LoadResult> levels) {
        this.levels = levels;
        this.samples = levels.stream()
                .flatMap(level -> level.gpu().map(GpuMeasurement::samples).stream())
                .flatMap(List::stream)
                .distinct()
                .sorted(Comparator.comparingLong(GpuSample::nanos))
                .toList();
        this.origin = samples.isEmpty() ? 0 : samples.get(0).nanos();
        this.seconds = samples.isEmpty() ? 1 : (samples.get(samples.size() - 1).nanos() - origin) / 1e9;
    }

    /** Whether any level has readings of a GPU. */
    public static boolean has(List<LevelVerdict> levels) {
        return levels.stream()
                .map(LevelVerdict::result)
                .anyMatch(result -> result.gpu().isPresent()
                        && !result.gpu().get().samples().isEmpty());
    }

    /**
     * Draws it.
     *
     * @param levels of one test, in the order of running, at least one of which {@link #has readings}
     * @return an SVG document, the same for the same levels
     */
    public static String svg(List<LevelVerdict> levels) {
        return new GpuChart(levels.stream().map(LevelVerdict::result).toList()).draw();
    }

    private String draw() {
        LoadResult first = levels.get(0);
        String finding = finding();
        List<TimeStack.Line> power =
                new ArrayList<>(line("power, W", points(GpuSample::powerWatts, Double::sum), Palette.ORANGE));
        List<Panel.Point> limit = points(GpuSample::powerLimitWatts, Double::sum);
        if (!limit.isEmpty()) {
            power.add(new TimeStack.Line("power limit", limit, Stroke.dashed(Palette.AXIS, 1.4), false));
        }
        TimeStack.Part powers = new TimeStack.Part(power, 0);
        List<TimeStack.Part> parts = TimeStack.measured(List.of(
                new TimeStack.Part(
                        line(
                                "share of time in which any kernel ran, %: not compute utilisation",
                                points(sample -> 100 * sample.gpuUtil(), Math::max), Palette.PURPLE),
                        100),
                powers,
                new TimeStack.Part(
                        line("temperature, °C", points(GpuSample::temperatureCelsius, Math::max), Palette.VERMILLION),
                        0)));
        Svg svg = new Svg(
                ChartStyle.WIDTH,
                TimeStack.height(parts.size()),
                finding,
                "Utilisation, power and temperature of the GPUs over time, each level's window as a band.");
        ChartStyle.heading(svg, finding, about(), first.subject().simulated());
        TimeStack stack = new TimeStack(svg, seconds, parts.size());
        for (LoadResult level : levels) {
            stack.band(
                    (level.window().openNanos() - origin) / 1e9,
                    (level.window().closeNanos() - origin) / 1e9,
                    level.level().name());
        }
        for (TimeStack.Part part : parts) {
            Panel panel = stack.panel(part, "the GPU tells nothing of itself");
            if (part == parts.get(Math.max(0, parts.indexOf(powers)))) {
                throttling(svg, panel);
            }
        }
        return svg.toString();
    }

    private List<Panel.Point> points(ToDoubleFunction<GpuSample> value, BinaryOperator<Double> together) {
        return GpuSeries.of(samples, origin, seconds, value, together);
    }

    private static List<TimeStack.Line> line(String name, List<Panel.Point> points, String colour) {
        return points.isEmpty()
                ? List.of()
                : List.of(new TimeStack.Line(name, points, Stroke.solid(colour, 1.8), false));
    }

    // A red edge along the top of the power panel wherever the clocks were held down.
    private void throttling(Svg svg, Panel panel) {
        List<Panel.Point> throttled = points(sample -> sample.throttle().isEmpty() ? Double.NaN : 1, Math::max);
        for (Panel.Point point : throttled) {
            svg.rect(panel.x().at(point.x()) - 1.5, panel.y().to(), 3, 5, Palette.VERMILLION, 0.9);
        }
        if (!throttled.isEmpty()) {
            svg.text(
                    panel.x().to(),
                    panel.y().to() - 11,
                    "red: held down (" + reasons() + ")",
                    Type.plain("#A84300").end());
        }
    }

    private String reasons() {
        return ChartStyle.shorten(
                String.join(
                        ", ",
                        samples.stream()
                                .flatMap(sample -> Stream.of(sample.throttle().split("\\|")))
                                .filter(reason -> !reason.isEmpty())
                                .distinct()
                                .sorted()
                                .toList()),
                60);
    }

    private String finding() {
        double highest = levels.stream()
                .map(LoadResult::power)
                .filter(Quantity::isPresent)
                .mapToDouble(Quantity::value)
                .max()
                .orElse(Double.NaN);
        long throttled =
                samples.stream().filter(sample -> !sample.throttle().isEmpty()).count();
        if (throttled > 0) {
            return "The GPU was held down in " + Numbers.percent((double) throttled / samples.size())
                    + " of the readings";
        }
        return Double.isNaN(highest)
                ? "What the GPUs did"
                : "Power averages up to " + Numbers.plain(highest) + " W in a level";
    }

    private String about() {
        GpuMeasurement any = levels.stream()
                .flatMap(level -> level.gpu().stream())
                .findFirst()
                .orElseThrow();
        List<String> names = any.devices().stream()
                .map(use -> use.device().name())
                .distinct()
                .sorted()
                .toList();
        return any.devices().size() + " × " + String.join(", ", names) + " · " + any.source() + " · "
                + TestReport.shortName(levels.get(0).subject().test());
    }
}
