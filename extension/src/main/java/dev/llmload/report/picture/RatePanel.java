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
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What an open loop meant to send, what it sent, and what was answered, by rate. */
final class RatePanel implements SweepPanel {
    private static final Stroke TARGET = Stroke.dashed(Palette.AXIS, 1.2);
    private static final Stroke SENT = Stroke.solid(Palette.SKY, 2.5);
    private static final Stroke ANSWERED = Stroke.solid(Palette.GREEN, 2.5);

    private final SweepLevels levels;

    RatePanel(SweepLevels levels) {
        this.levels = levels;
    }

    @Override
    public String key() {
        return "rate";
    }

    @Override
    public String title() {
        return "requests per second, sent and answered";
    }

    @Override
    public String finding() {
        for (LevelVerdict level : levels.levels()) {
            Quantity answered = level.result().requestRate();
            if (answered.isPresent() && answered.value() < 0.9 * SweepLevels.users(level)) {
                return "Of " + level.result().level().name() + " only " + Numbers.plain(answered.value())
                        + " are answered";
            }
        }
        return "As many requests are answered as come, up to "
                + levels.levels()
                        .get(levels.levels().size() - 1)
                        .result()
                        .level()
                        .name();
    }

    @Override
    public void draw(Svg svg, Area area) {
        List<Panel.Point> sent = points(level -> level.result().achievedRate().isPresent()
                ? level.result().achievedRate().value() * SweepLevels.users(level)
                : Double.NaN);
        List<Panel.Point> answered =
                points(level -> level.result().requestRate().isPresent()
                        ? level.result().requestRate().value()
                        : Double.NaN);
        double high =
                levels.levels().stream().mapToDouble(SweepLevels::users).max().orElse(1);
        for (Panel.Point point : sent) {
            high = Math.max(high, point.y());
        }
        Panel panel = new Panel(
                svg,
                levels.axis(area.left(), area.right()),
                ChartStyle.fromZero(high * 1.08, area.bottom(), area.top()));
        panel.frame(levels.unit() + " meant to be sent", "");
        List<Panel.Point> target = points(SweepLevels::users);
        panel.line(target, TARGET);
        panel.line(sent, SENT);
        panel.line(answered, ANSWERED);
        ChartStyle.dots(svg, panel, sent, Palette.SKY, point -> "sent " + Numbers.plain(point.y()) + " req/s");
        ChartStyle.dots(
                svg, panel, answered, Palette.GREEN, point -> "answered " + Numbers.plain(point.y()) + " req/s");
        Legend.draw(
                svg,
                area.left(),
                area.top() - Area.LEGEND,
                List.of(
                        new Legend.Entry("sent", SENT),
                        new Legend.Entry("answered", ANSWERED),
                        new Legend.Entry("meant", TARGET)));
        Labels labels = new Labels(svg, panel);
        labels.avoid(target);
        labels.avoid(answered);
        labels.avoidDots(answered);
        values(panel, labels, answered);
    }

    private List<Panel.Point> points(Function<LevelVerdict, Double> value) {
        List<Panel.Point> points = new ArrayList<>();
        for (LevelVerdict level : levels.levels()) {
            double y = value.apply(level);
            if (!Double.isNaN(y)) {
                points.add(new Panel.Point(SweepLevels.users(level), y));
            }
        }
        return points;
    }

    private static void values(Panel panel, Labels labels, List<Panel.Point> points) {
        for (Panel.Point point : points) {
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            labels.put(
                    Numbers.plain(point.y()),
                    Type.plain(Palette.INK).size(11).haloed(),
                    new Spot(x, y + 18, Anchor.MIDDLE),
                    new Spot(x - 8, y - 6, Anchor.END),
                    new Spot(x + 8, y + 13, Anchor.START));
        }
    }
}
