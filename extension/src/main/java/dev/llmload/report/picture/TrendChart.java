package dev.llmload.report.picture;

import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A test over its runs: TTFT p95, throughput and success, a line per level, the newest run's budgets as dashed lines. Of
 * many runs the newest are shown, of many levels the first and the last ones.
 */
public final class TrendChart {
    private static final int HEIGHT = 790;
    private static final int MOST_RUNS = 30;
    private static final double FIRST_TOP = 128;
    private static final double PANEL = 150;
    private static final double STEP = 222;
    private static final List<String> COLOURS =
            List.of(Palette.BLUE, Palette.ORANGE, Palette.GREEN, Palette.PURPLE, Palette.SKY);

    /** The levels of one run, by name. */
    record Column(HistoryEntry.Run run, Map<String, HistoryEntry> levels) {}

    private TrendChart() {}

    /** Whether there are two runs, without which nothing can change. */
    public static boolean has(List<HistoryEntry> history) {
        return history.stream().map(entry -> entry.run().name()).distinct().count() > 1;
    }

    /**
     * Draws it.
     *
     * @param history of one test, in the order of the runs; of at least two runs
     * @return an SVG document, the same for the same history
     */
    public static String svg(List<HistoryEntry> history) {
        List<Column> columns = columns(history);
        HistoryEntry newest = history.get(history.size() - 1);
        String finding = finding(columns, newest);
        Svg svg =
                new Svg(ChartStyle.WIDTH, HEIGHT, finding, "TTFT p95, throughput and success over the runs of a test.");
        ChartStyle.heading(
                svg,
                finding,
                TestReport.shortName(newest.test()) + " · " + ChartStyle.shorten(newest.model(), 48) + " · "
                        + CountText.of(columns.size(), "run"),
                newest.simulated());
        Map<String, String> colours = colours(columns);
        Legend.draw(
                svg,
                ChartStyle.MARGIN,
                82,
                colours.entrySet().stream()
                        .map(level -> new Legend.Entry(level.getKey(), Stroke.solid(level.getValue(), 2.5)))
                        .toList());
        double top = FIRST_TOP;
        for (TrendPanel.Content content : TrendPanel.Content.values()) {
            new TrendPanel(columns, colours, content)
                    .draw(svg, new Area(84, top, ChartStyle.WIDTH - 24.0, top + PANEL));
            top += STEP;
        }
        return svg.toString();
    }

    private static List<Column> columns(List<HistoryEntry> history) {
        Map<String, Column> byRun = new LinkedHashMap<>();
        for (HistoryEntry entry : history) {
            byRun.computeIfAbsent(entry.run().name(), name -> new Column(entry.run(), new LinkedHashMap<>()))
                    .levels()
                    .put(entry.level(), entry);
        }
        List<Column> all = List.copyOf(byRun.values());
        return all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
    }

    // The newest run decides which levels there are, and their order.
    private static Map<String, String> colours(List<Column> columns) {
        Set<String> names =
                new LinkedHashSet<>(columns.get(columns.size() - 1).levels().keySet());
        columns.forEach(column -> names.addAll(column.levels().keySet()));
        List<String> levels = new ArrayList<>(names);
        while (levels.size() > COLOURS.size()) {
            levels.remove(levels.size() / 2);
        }
        Map<String, String> colours = new LinkedHashMap<>();
        levels.forEach(level -> colours.put(level, COLOURS.get(colours.size())));
        return colours;
    }

    // TTFT p95 1620 ms at 100 users, +8.0 % against 2026-10
    private static String finding(List<Column> columns, HistoryEntry newest) {
        Optional<HistoryEntry> before = before(columns, newest);
        Double now = newest.values().get(HistoryEntry.TTFT);
        if (now == null) {
            return "TTFT was not measured at " + newest.level();
        }
        String value = "TTFT p95 " + (Double.isInfinite(now) ? "falls on a failed request" : Numbers.latency(now * 1e6))
                + " at " + newest.level();
        Double then = before.map(entry -> entry.values().get(HistoryEntry.TTFT)).orElse(null);
        if (then == null || Double.isInfinite(then) || Double.isInfinite(now) || then == 0) {
            return value;
        }
        String against = before.get().run().release().isEmpty()
                        || before.get().run().release().equals(newest.run().release())
                ? "the run before"
                : before.get().run().release();
        return value + ", " + Numbers.signed((now / then - 1) * 100, "%") + " against " + against;
    }

    // The last run of another release; where there is none, the run before.
    private static Optional<HistoryEntry> before(List<Column> columns, HistoryEntry newest) {
        List<HistoryEntry> earlier = columns.subList(0, columns.size() - 1).stream()
                .flatMap(column -> Optional.ofNullable(column.levels().get(newest.level())).stream())
                .toList();
        Optional<HistoryEntry> other = earlier.stream()
                .filter(entry -> !entry.run().release().equals(newest.run().release()))
                .reduce((first, second) -> second);
        return other.or(() -> earlier.stream().reduce((first, second) -> second));
    }
}
