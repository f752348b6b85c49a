package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.text.CountText;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The levels in numbers: what a reader copies into a message. */
final class TablePanel implements SweepPanel {
    private static final List<String> HEAD = List.of("", "TTFT p95", "E2E p95", "tok/s", "MFU", "success");
    private static final double ROW = 22;

    private final SweepLevels levels;

    TablePanel(SweepLevels levels) {
        this.levels = levels;
    }

    @Override
    public String key() {
        return "table";
    }

    @Override
    public String title() {
        return "summary of the levels";
    }

    @Override
    public String finding() {
        return "Summary of " + CountText.of(levels.levels().size(), "level");
    }

    @Override
    public void draw(Svg svg, Area area) {
        double left = area.left() - 42;
        double width = area.right() - left - 24;
        Type head = Type.plain(Palette.MUTED).size(10.5).strong().end();
        double y = area.top() - 8;
        for (int i = 0; i < HEAD.size(); i++) {
            svg.text(column(left, width, i), y, i == 0 ? levels.unit() : HEAD.get(i), head);
        }
        svg.line(left, y + 7, area.right(), y + 7, Stroke.solid(Palette.AXIS, 1));
        int room = (int) ((area.bottom() + Area.ROW - y) / ROW) - 1;
        int shown = levels.levels().size() <= room ? levels.levels().size() : room - 1;
        for (LevelVerdict level : gravest(shown)) {
            y += ROW;
            List<String> cells = cells(level);
            for (int i = 0; i < cells.size(); i++) {
                svg.text(
                        column(left, width, i),
                        y,
                        cells.get(i),
                        Type.plain(Palette.INK).size(11.5).end());
            }
            ChartStyle.mark(svg, area.right() - 8, y - 4, level.verdict());
            svg.line(left, y + 7, area.right(), y + 7, Stroke.solid(Palette.GRID, 1));
        }
        if (shown < levels.levels().size()) {
            svg.text(
                    left,
                    y + ROW,
                    (levels.levels().size() - shown) + " more in the tables",
                    Type.plain(Palette.MUTED).size(11));
        }
    }

    // Where not all have room, those that did not pass come before those that did; in the order of the levels.
    private List<LevelVerdict> gravest(int count) {
        Set<LevelVerdict> chosen = levels.levels().stream()
                .sorted(Comparator.comparing(LevelVerdict::verdict).reversed())
                .limit(count)
                .collect(Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
        return levels.levels().stream().filter(chosen::contains).toList();
    }

    // The first column is the narrow one.
    private static double column(double left, double width, int i) {
        double first = width * 0.12;
        return left + first + i * (width - first) / (HEAD.size() - 1);
    }

    private static List<String> cells(LevelVerdict level) {
        LoadResult result = level.result();
        return List.of(
                result.level().amount(),
                latency(result, Metric.TTFT),
                latency(result, Metric.E2E),
                result.throughput().isPresent()
                        ? Numbers.plain(result.throughput().value())
                        : "–",
                ShownNumbers.quantity(result, Metric.MFU),
                ShownNumbers.quantity(result, Metric.SUCCESS_RATE));
    }

    private static String latency(LoadResult result, Metric metric) {
        Distribution values = result.distribution(metric);
        if (!values.isRanked()) {
            return "–";
        }
        OptionalDouble value = values.ranked(metric, 95);
        return value.isPresent() ? Numbers.latency(value.getAsDouble()) : ShownNumbers.FAILED;
    }
}
