package dev.llmload.report.picture;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetSyntaxException;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One number over the runs, a line per level, on an axis of their own: a budget that lies far above them is named at the upper
 * edge, with an arrow, and does not flatten what changed.
 */
final class TrendPanel {
    /** What is drawn. */
    enum Content {
        /** In milliseconds. */
        TTFT("TTFT p95, ms", HistoryEntry.TTFT, "ttft p95", 1),
        /** In tokens per second. */
        THROUGHPUT("throughput, tok/s", HistoryEntry.THROUGHPUT, "throughput", 1),
        /** In percent. */
        SUCCESS("success, %", HistoryEntry.SUCCESS, "success_rate", 100);

        private final String title;
        private final String key;
        private final String budget;
        private final double times;

        Content(String title, String key, String budget, double times) {
            this.title = title;
            this.key = key;
            this.budget = budget;
            this.times = times;
        }

        private Optional<Double> value(HistoryEntry entry) {
            return Optional.ofNullable(entry.values().get(key)).map(value -> value * times);
        }

        private boolean isBroken(HistoryEntry entry) {
            return entry.budgets().entrySet().stream()
                    .anyMatch(each ->
                            each.getValue() == Verdict.FAIL && each.getKey().startsWith(budget + " "));
        }
    }

    /** A budget within so many times the highest value is part of the axis. */
    private static final double NEAR = 1.6;

    private final List<TrendChart.Column> columns;
    private final Map<String, String> colours;
    private final Content content;

    TrendPanel(List<TrendChart.Column> columns, Map<String, String> colours, Content content) {
        this.columns = columns;
        this.colours = colours;
        this.content = content;
    }

    void draw(Svg svg, Area area) {
        Map<String, Double> limits = limits();
        Panel panel = new Panel(svg, releases(area), values(area, limits));
        panel.frame(content == Content.SUCCESS ? "release, or day of the run" : "", content.title);
        Labels labels = new Labels(svg, panel);
        limits.forEach((text, limit) -> {
            double y = panel.y().at(Math.min(limit, panel.y().high()));
            svg.line(area.left(), y, area.right(), y, Stroke.dashed(Palette.MUTED, 1.2));
            labels.avoidLine(area.left(), y, area.right(), y);
        });
        colours.forEach((level, colour) -> level(svg, panel, labels, level, colour));
        limits.forEach((text, limit) -> {
            double y = panel.y().at(Math.min(limit, panel.y().high()));
            labels.name(
                    limit > panel.y().high() ? text + " ↑" : text,
                    Type.plain(Palette.MUTED).strong().haloed(),
                    new Spot(area.left() + 6, y - 5, Anchor.START),
                    new Spot(area.right() - 6, y - 5, Anchor.END),
                    new Spot(area.left() + 6, y + 14, Anchor.START),
                    new Spot(area.right() - 6, y + 14, Anchor.END),
                    new Spot(area.left() + 6, y - 26, Anchor.START),
                    new Spot(area.right() - 6, y - 26, Anchor.END));
        });
    }

    private void level(Svg svg, Panel panel, Labels labels, String level, String colour) {
        List<Panel.Point> line = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            HistoryEntry entry = columns.get(i).levels().get(level);
            Optional<Double> value = Optional.ofNullable(entry).flatMap(content::value);
            if (value.isEmpty()) {
                continue; // a level that a run left out does not cut the line
            }
            if (Double.isInfinite(value.get())) {
                join(panel, labels, line, colour);
                line = new ArrayList<>();
                ChartStyle.mark(svg, panel.x().at(i + 0.5), panel.y().to() + 8, Verdict.FAIL);
                continue;
            }
            line.add(new Panel.Point(i + 0.5, value.get()));
        }
        join(panel, labels, line, colour);
        for (int i = 0; i < columns.size(); i++) {
            HistoryEntry entry = columns.get(i).levels().get(level);
            if (entry != null) {
                dot(svg, panel, i, entry, colour);
            }
        }
    }

    private static void join(Panel panel, Labels labels, List<Panel.Point> line, String colour) {
        panel.line(line, Stroke.solid(colour, 2));
        labels.avoid(line);
        labels.avoidDots(line);
    }

    private void dot(Svg svg, Panel panel, int column, HistoryEntry entry, String colour) {
        content.value(entry)
                .filter(Double::isFinite)
                .ifPresent(value -> svg.dot(
                        panel.x().at(column + 0.5),
                        panel.y().at(value),
                        4,
                        content.isBroken(entry) ? Palette.VERMILLION : colour,
                        entry.run().label() + ", " + entry.level() + ": " + Numbers.plain(value)
                                + (content.isBroken(entry) ? ", budget broken" : "")));
    }

    // A release is named at its first run; of too many names to stand side by side the newest is among those that stay.
    private Axis releases(Area area) {
        List<Tick> ticks = new ArrayList<>();
        String last = "";
        for (int i = 0; i < columns.size(); i++) {
            String label = columns.get(i).run().label();
            if (!label.equals(last)) {
                ticks.add(new Tick(i + 0.5, ChartStyle.shorten(label, 24)));
                last = label;
            }
        }
        double widest = ticks.stream()
                .mapToDouble(tick -> Type.plain(Palette.MUTED).width(tick.label()) + 12)
                .max()
                .orElse(1);
        int every = (int) Math.ceil(ticks.size() * widest / area.width());
        List<Tick> named = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i++) {
            boolean stays = (ticks.size() - 1 - i) % every == 0;
            named.add(stays ? ticks.get(i) : new Tick(ticks.get(i).value(), ""));
        }
        return new Axis(Scale.LINEAR, 0, columns.size(), area.left(), area.right(), named);
    }

    private Axis values(Area area, Map<String, Double> limits) {
        double high = 0;
        double low = Double.POSITIVE_INFINITY;
        for (TrendChart.Column column : columns) {
            for (HistoryEntry entry : column.levels().values()) {
                double value = content.value(entry).filter(Double::isFinite).orElse(Double.NaN);
                if (!Double.isNaN(value)) {
                    high = Math.max(high, value);
                    low = Math.min(low, value);
                }
            }
        }
        double near = high > 0 ? high * NEAR : Double.POSITIVE_INFINITY;
        for (double limit : limits.values()) {
            low = Math.min(low, limit);
            high = limit <= near ? Math.max(high, limit) : high;
        }
        return content == Content.SUCCESS
                ? success(area, low)
                : ChartStyle.fromZero(high * 1.1, area.bottom(), area.top(), 4);
    }

    // Between 99 and 100 % lies what matters, unless something was worse: then five steps from a round number below it.
    private static Axis success(Area area, double low) {
        int from = low >= 95 ? 95 : low >= 80 ? 75 : low >= 55 ? 50 : 0;
        int step = (100 - from) / 5;
        List<Tick> ticks = new ArrayList<>();
        for (int percent = from; percent <= 100; percent += step) {
            ticks.add(new Tick(percent, Integer.toString(percent)));
        }
        return new Axis(Scale.LINEAR, from, 100 + step / 2.0, area.bottom(), area.top(), ticks);
    }

    // Those of the newest run, in the unit of the title.
    private Map<String, Double> limits() {
        Map<String, Double> limits = new LinkedHashMap<>();
        for (HistoryEntry entry : columns.get(columns.size() - 1).levels().values()) {
            for (String text : entry.budgets().keySet()) {
                if (text.startsWith(content.budget + " ")) {
                    limit(text).ifPresent(limit -> limits.put(text, limit));
                }
            }
        }
        return limits;
    }

    private Optional<Double> limit(String text) {
        try {
            BudgetRule budget = BudgetParser.parse(text, "history", List.of(), 0);
            double unit = content == Content.TTFT
                    ? switch (budget.unit()) {
                        case "s" -> 1000;
                        case "ms" -> 1;
                        default -> 0.001;
                    }
                    : 1;
            return budget.ofBaseline() ? Optional.empty() : Optional.of(budget.limit() * unit);
        } catch (BudgetSyntaxException e) {
            return Optional.empty(); // written by a version with another grammar
        }
    }
}
