package dev.llmload.report.picture;

import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Type;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** The share of requests that succeeded, by level, from 0 to all of them: a cut axis would make a storm of a drop. */
final class SuccessPanel implements SweepPanel {
    private static final double GOOD = 0.99;

    private final SweepLevels levels;

    SuccessPanel(SweepLevels levels) {
        this.levels = levels;
    }

    @Override
    public String key() {
        return "success";
    }

    @Override
    public String title() {
        return "successful requests, %";
    }

    @Override
    public String finding() {
        for (LevelVerdict level : levels.levels()) {
            double share = share(level);
            if (share < GOOD) {
                return Numbers.percent(share) + " of the requests succeed at "
                        + level.result().level().name();
            }
        }
        boolean all = levels.levels().stream().allMatch(level -> share(level) == 1);
        return (all ? "All requests succeed up to " : "At least 99 % of the requests succeed up to ")
                + levels.levels()
                        .get(levels.levels().size() - 1)
                        .result()
                        .level()
                        .name();
    }

    private static double share(LevelVerdict level) {
        return Numbers.success(level.result().requests());
    }

    @Override
    public void draw(Svg svg, Area area) {
        List<String> names = levels.amounts();
        List<Tick> ticks = Stream.of(0, 25, 50, 75, 100)
                .map(v -> new Tick(v, v.toString()))
                .toList();
        Panel panel = new Panel(
                svg, Columns.axis(names, area), new Axis(Scale.LINEAR, 0, 118, area.bottom(), area.top(), ticks));
        panel.frame(levels.unit(), "");
        double width = Columns.width(names.size(), area);
        for (int i = 0; i < names.size(); i++) {
            bar(svg, panel, levels.levels().get(i), panel.x().at(i + 0.5), width);
        }
        double y = panel.y().at(GOOD * 100);
        svg.line(area.left(), y, area.right(), y, Stroke.dashed(Palette.MUTED, 1.2));
        svg.text(
                area.right(),
                area.top() - Area.LEGEND,
                "dashed: 99 %",
                Type.plain(Palette.MUTED).size(11).end());
    }

    private static void bar(Svg svg, Panel panel, LevelVerdict level, double x, double width) {
        double share = share(level);
        if (Double.isNaN(share)) {
            svg.text(x, panel.y().at(0) - 6, "–", Type.plain(Palette.MUTED).middle());
            return;
        }
        double top = panel.y().at(share * 100);
        svg.rect(x - width / 2, top, width, Math.max(1, panel.y().at(0) - top), colour(share), 1);
        String text = Numbers.percent(share).replaceFirst("(\\.0)? %$", "");
        Type type = Type.plain(share < GOOD ? ChartStyle.ink(Verdict.FAIL) : Palette.INK)
                .size(11)
                .middle()
                .haloed();
        if (type.width(text) < width / 0.6) {
            svg.text(x, top - 5, text, type);
        }
        RequestCounts requests = level.result().requests();
        String failed = requests.failed() + " failed";
        Type small = Type.plain(Palette.INK).size(10.5).middle().haloed();
        if (requests.failed() > 0 && small.width(failed) < width / 0.6) {
            svg.text(x, panel.y().at(0) - 6, failed, small);
        }
    }

    private static String colour(double share) {
        return share >= GOOD ? Palette.GREEN : share >= SweepAnalysis.OVERLOADED ? Palette.ORANGE : Palette.VERMILLION;
    }
}
