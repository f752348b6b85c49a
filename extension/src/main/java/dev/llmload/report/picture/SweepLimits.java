package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The budgets of a sweep as lines: across the panel where all levels have them, a dash at each level otherwise. */
final class SweepLimits {
    /** Half the length of a dash. */
    private static final double DASH = 26;

    private record Line(Limit limit, List<LevelVerdict> at, Verdict verdict) {}

    private final SweepLevels levels;
    private final List<Line> lines;

    private SweepLimits(SweepLevels levels, List<Line> lines) {
        this.levels = levels;
        this.lines = lines;
    }

    static SweepLimits of(SweepLevels levels, List<Metric> drawn) {
        Map<String, Line> byText = new LinkedHashMap<>();
        for (LevelVerdict level : levels.levels()) {
            for (Limit limit : Limit.of(level, drawn)) {
                String text = limit.outcome().budget().text();
                Line line = byText.computeIfAbsent(text, t -> new Line(limit, new ArrayList<>(), Verdict.PASS));
                line.at().add(level);
                Verdict verdict = line.verdict().and(limit.outcome().verdict());
                byText.put(text, new Line(line.limit(), line.at(), verdict));
            }
        }
        return new SweepLimits(levels, List.copyOf(byText.values()));
    }

    double[] nanos() {
        return lines.stream().mapToDouble(line -> line.limit().nanos()).toArray();
    }

    void draw(Svg svg, Panel panel, Labels labels) {
        for (Line line : lines) {
            double y = panel.y().at(line.limit().nanos());
            for (double[] ends : ends(panel, line)) {
                String colour = line.verdict() == Verdict.FAIL ? ChartStyle.colour(Verdict.FAIL) : Palette.MUTED;
                svg.line(ends[0], y, ends[1], y, Stroke.dashed(colour, 1.2));
                labels.avoidLine(ends[0], y, ends[1], y);
            }
        }
    }

    void name(Panel panel, Labels labels) {
        for (Line line : lines) {
            String colour = line.verdict() == Verdict.FAIL ? ChartStyle.ink(Verdict.FAIL) : Palette.MUTED;
            if (everywhere(line)) {
                LimitTexts.put(labels, panel, line.limit(), colour);
                continue;
            }
            double x = panel.x().at(SweepLevels.users(line.at().get(0)));
            double y = panel.y().at(line.limit().nanos());
            labels.name(
                    line.limit().outcome().budget().text(),
                    Type.plain(colour).strong().haloed(),
                    new Spot(x + DASH + 4, y + 4, Anchor.START),
                    new Spot(x - DASH - 4, y + 4, Anchor.END),
                    new Spot(x - DASH, y - 5, Anchor.START),
                    new Spot(x + DASH, y - 5, Anchor.END),
                    new Spot(x - DASH, y + 14, Anchor.START),
                    new Spot(x + DASH, y + 14, Anchor.END));
        }
    }

    private boolean everywhere(Line line) {
        return line.at().size() == levels.levels().size();
    }

    private List<double[]> ends(Panel panel, Line line) {
        double left = panel.x().from();
        double right = panel.x().to();
        if (everywhere(line)) {
            return List.of(new double[] {left, right});
        }
        return line.at().stream()
                .map(level -> panel.x().at(SweepLevels.users(level)))
                .map(x -> new double[] {Math.max(left, x - DASH), Math.min(right, x + DASH)})
                .toList();
    }
}
