package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Path;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Ticks;
import dev.llmload.report.chart.Type;
import dev.llmload.result.LoadResult;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Throughput stretch by stretch (250 ms) in each level's window, one row per level around its own mean, all rows to one scale: what
 * wavers is seen, whatever its size. Beside it their coefficient of variation.
 */
final class StabilityPanel implements SweepPanel {
    private static final int MOST_ROWS = 7;
    private static final int FEWEST = 3;
    private static final double SECOND = 1e9;
    private static final double NOTE = 52;
    /** Where windows differ by more than this, each row is the whole of its own. */
    private static final double COMPARABLE = 3;
    /** Half a row stands for at least this share of the mean. */
    private static final double LEAST_SPAN = 0.25;

    private final List<LevelVerdict> rows;

    StabilityPanel(SweepLevels levels) {
        this.rows = spread(levels.levels());
    }

    // Of many levels some, evenly, with the first and the last.
    private static List<LevelVerdict> spread(List<LevelVerdict> levels) {
        if (levels.size() <= MOST_ROWS) {
            return levels;
        }
        List<LevelVerdict> some = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            some.add(levels.get((int) Math.round((double) i * (levels.size() - 1) / (MOST_ROWS - 1))));
        }
        return some;
    }

    @Override
    public String key() {
        return "stability";
    }

    @Override
    public String title() {
        return "stability, tok/s around each level's mean";
    }

    @Override
    public boolean isMeasured() {
        return rows.stream().anyMatch(row -> variation(row.result()).isPresent());
    }

    @Override
    public String finding() {
        Optional<LevelVerdict> worst = rows.stream()
                .filter(row -> variation(row.result()).isPresent())
                .max(Comparator.comparingDouble(row -> variation(row.result()).getAsDouble()));
        return worst.map(row -> String.format(
                        Locale.ROOT,
                        "Throughput varies by ±%s over time at %s, the most of any level",
                        Numbers.percent(variation(row.result()).orElseThrow()),
                        row.result().level().name()))
                .orElse("Stability over time");
    }

    /** Whole stretches within the window: the second in which each began and ended, from the opening, and its tok/s. */
    private static List<double[]> stretches(LoadResult result) {
        Window window = result.window();
        List<double[]> stretches = new ArrayList<>();
        for (TimelinePoint point : result.timeline()) {
            double from = (point.nanos() - window.openNanos()) / SECOND;
            double to = (point.endNanos() - window.openNanos()) / SECOND;
            if (from >= 0 && to <= window.seconds() && !Double.isNaN(point.tokensPerSecond())) {
                stretches.add(new double[] {from, to, point.tokensPerSecond()});
            }
        }
        return stretches;
    }

    /** Standard deviation of the stretches over their mean; empty for fewer than three. */
    static OptionalDouble variation(LoadResult result) {
        double[] values = stretches(result).stream().mapToDouble(s -> s[2]).toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        if (values.length < FEWEST || mean <= 0) {
            return OptionalDouble.empty();
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return OptionalDouble.of(Math.sqrt(squares / (values.length - 1)) / mean);
    }

    @Override
    public void draw(Svg svg, Area area) {
        boolean shares = differs(rows.stream()
                .mapToDouble(row -> row.result().window().seconds())
                .summaryStatistics());
        double longest = shares
                ? 100
                : rows.stream()
                        .mapToDouble(row -> row.result().window().seconds())
                        .max()
                        .orElse(1);
        double right = area.right() - NOTE;
        double[] at = Ticks.linear(Math.max(longest, 1e-3), 5);
        List<Tick> ticks = Arrays.stream(at)
                .filter(v -> v <= longest * 1.001)
                .mapToObj(v -> new Tick(v, Numbers.trim(v, 2)))
                .toList();
        Axis x = new Axis(Scale.LINEAR, 0, Math.max(longest, 1e-3), area.left(), right, ticks);
        Type mark = Type.plain(Palette.MUTED).middle();
        for (Tick tick : ticks) {
            double pixel = x.at(tick.value());
            svg.line(pixel, area.top(), pixel, area.bottom(), Stroke.solid(Palette.GRID, 1));
            svg.text(pixel, area.bottom() + 18, tick.label(), mark);
        }
        svg.line(area.left(), area.bottom(), right, area.bottom(), Stroke.solid(Palette.AXIS, 1));
        svg.text(
                (area.left() + right) / 2,
                area.bottom() + 38,
                shares ? "% of each window" : "seconds of the window",
                mark);
        double height = (area.bottom() - area.top()) / rows.size();
        double span = span();
        svg.text(
                right,
                area.top() - Area.LEGEND,
                "half a row is " + Numbers.trim(span * 100, 0) + " %" + lengths(),
                Type.plain(Palette.MUTED).size(11).end());
        for (int i = 0; i < rows.size(); i++) {
            Area place = new Area(area.left(), area.top() + i * height, right, area.top() + (i + 1) * height);
            LoadResult result = rows.get(i).result();
            row(svg, x, shares ? 100 / result.window().seconds() : 1, rows.get(i), place, span);
        }
    }

    private static boolean differs(DoubleSummaryStatistics lengths) {
        return lengths.getMin() > 0 && lengths.getMax() > COMPARABLE * lengths.getMin();
    }

    // Short stretches vary more than long ones: where they differ, a reader must know.
    private String lengths() {
        DoubleSummaryStatistics lengths = rows.stream()
                .flatMap(row -> row.result().timeline().stream().limit(1))
                .mapToDouble(point -> point.lengthNanos() / SECOND)
                .summaryStatistics();
        return lengths.getMax() < 1.1 * lengths.getMin() || lengths.getCount() == 0
                ? ""
                : ", stretches of " + Numbers.trim(lengths.getMin(), 2) + " to " + Numbers.trim(lengths.getMax(), 2)
                        + " s";
    }

    // One scale for all rows: the furthest stretch of any level, up to none at all.
    private double span() {
        double furthest = LEAST_SPAN;
        for (LevelVerdict level : rows) {
            List<double[]> stretches = stretches(level.result());
            double mean = mean(stretches);
            for (double[] stretch : stretches) {
                furthest = Math.max(furthest, Math.abs(stretch[2] / mean - 1));
            }
        }
        return Math.min(1, Math.ceil(furthest * 20) / 20);
    }

    private static double mean(List<double[]> stretches) {
        return stretches.stream().mapToDouble(s -> s[2]).average().orElse(0);
    }

    private static void row(Svg svg, Axis x, double scale, LevelVerdict level, Area place, double span) {
        LoadResult result = level.result();
        double middle = (place.top() + place.bottom()) / 2;
        svg.text(
                place.left() - 8,
                middle + 4,
                level.result().level().amount(),
                Type.plain(Palette.INK).end());
        OptionalDouble variation = variation(result);
        svg.text(
                place.right() + 6,
                middle + 4,
                variation.isPresent() ? "±" + Numbers.percent(variation.getAsDouble()) : "short",
                Type.plain(Palette.MUTED).size(11));
        List<double[]> stretches = stretches(result);
        double mean = mean(stretches);
        svg.line(place.left(), middle, place.right(), middle, Stroke.dashed(Palette.AXIS, 1));
        if (mean <= 0) {
            return;
        }
        double half = (place.bottom() - place.top()) / 2 - 2;
        Path path = new Path();
        for (double[] stretch : stretches) {
            double off = Math.max(-1, Math.min(1, (stretch[2] / mean - 1) / span));
            path.step(x.at(stretch[0] * scale), middle - off * half);
            path.along(x.at(stretch[1] * scale));
        }
        svg.path(path, Stroke.solid(Palette.GREEN, 1.6));
    }
}
