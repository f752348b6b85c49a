package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast an answer comes once it has begun, by level: the median request and the slow one in twenty. The slow tail of a
 * speed is its low percentile; p95 would be the fast one.
 */
final class SpeedPanel implements SweepPanel {
    private final SweepLevels levels;

    SpeedPanel(SweepLevels levels) {
        this.levels = levels;
    }

    @Override
    public String key() {
        return "speed";
    }

    @Override
    public String title() {
        return "generation speed of a request, tok/s";
    }

    @Override
    public boolean isMeasured() {
        return !points(50).isEmpty();
    }

    @Override
    public String finding() {
        List<Panel.Point> slow = points(5);
        return slow.isEmpty()
                ? "Generation speed by level"
                : "95 % of the answers come at "
                        + Numbers.plain(slow.get(slow.size() - 1).y())
                        + " tok/s or faster at "
                        + levels.levels()
                                .get(levels.levels().size() - 1)
                                .result()
                                .level()
                                .name();
    }

    @Override
    public void draw(Svg svg, Area area) {
        List<Panel.Point> median = points(50);
        List<Panel.Point> slow = points(5);
        double high = median.stream().mapToDouble(Panel.Point::y).max().orElse(1);
        Panel panel = new Panel(
                svg,
                levels.axis(area.left(), area.right()),
                ChartStyle.fromZero(high * 1.12, area.bottom(), area.top(), 4));
        panel.frame(levels.unit(), "");
        Labels labels = new Labels(svg, panel);
        series(svg, panel, labels, median, Palette.BLUE, "p50");
        series(svg, panel, labels, slow, Palette.ORANGE, "p5");
        Legend.draw(
                svg,
                area.left(),
                area.top() - Area.LEGEND,
                List.of(
                        new Legend.Entry("p50", Stroke.solid(Palette.BLUE, 2.5)),
                        new Legend.Entry("p5: the slow 1 in 20", Stroke.solid(Palette.ORANGE, 2.5))));
        for (Panel.Point point : median) {
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            labels.put(
                    Numbers.plain(point.y()),
                    Type.plain(Palette.INK).size(11).haloed(),
                    new Spot(x, y - 9, Anchor.MIDDLE),
                    new Spot(x + 8, y - 4, Anchor.START),
                    new Spot(x, y + 17, Anchor.MIDDLE));
        }
    }

    private static void series(
            Svg svg, Panel panel, Labels labels, List<Panel.Point> points, String colour, String name) {
        panel.line(points, Stroke.solid(colour, 2.5));
        labels.avoid(points);
        labels.avoidDots(points);
        ChartStyle.dots(svg, panel, points, colour, point -> name + " " + Numbers.plain(point.y()) + " tok/s");
    }

    // A failed request is slower than every other.
    private List<Panel.Point> points(double percentile) {
        List<Panel.Point> points = new ArrayList<>();
        for (LevelVerdict level : levels.levels()) {
            Distribution values = level.result().distribution(Metric.OUTPUT_SPEED);
            OptionalDouble value =
                    values.isRanked() ? values.percentileFailuresBelow(percentile) : OptionalDouble.empty();
            if (value.isPresent()) {
                points.add(new Panel.Point(SweepLevels.users(level), value.getAsDouble()));
            }
        }
        return points;
    }
}
