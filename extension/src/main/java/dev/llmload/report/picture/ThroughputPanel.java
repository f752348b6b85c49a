package dev.llmload.report.picture;

import dev.llmload.analysis.Range;
import dev.llmload.analysis.SaturationFit;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Path;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Throughput by level, beside what it would be if it grew in proportion, with the fitted curve and its interval. The curve
 * is drawn over the levels tested and no further.
 */
final class ThroughputPanel implements SweepPanel {
    private static final Stroke IDEAL = Stroke.dashed(Palette.AXIS, 1.2);
    private static final Stroke MEASURED = Stroke.solid(Palette.GREEN, 2.5);
    private static final Stroke FITTED = Stroke.solid(Palette.PURPLE, 1.4);
    private static final int STEPS = 40;

    private final SweepAnalysis analysis;
    private final SweepLevels levels;
    private final List<Panel.Point> points;

    ThroughputPanel(TestReport test, SweepLevels levels) {
        this.analysis = test.analysis();
        this.levels = levels;
        this.points = levels.levels().stream()
                .filter(l -> l.result().throughput().isPresent())
                .map(l -> new Panel.Point(
                        SweepLevels.users(l), l.result().throughput().value()))
                .toList();
    }

    @Override
    public String key() {
        return "throughput";
    }

    @Override
    public String title() {
        return "throughput, tok/s";
    }

    @Override
    public boolean isMeasured() {
        return !points.isEmpty();
    }

    @Override
    public String finding() {
        String highest =
                levels.levels().get(levels.levels().size() - 1).result().level().name();
        return analysis.saturatedLevel()
                .map(level -> "Throughput saturates at " + level.name())
                .orElse(points.size() < 2 ? "Throughput by level" : "No saturation seen up to " + highest);
    }

    @Override
    public void draw(Svg svg, Area area) {
        double high = points.stream().mapToDouble(Panel.Point::y).max().orElse(1);
        Panel panel = new Panel(
                svg,
                levels.axis(area.left(), area.right()),
                ChartStyle.fromZero(high * 1.08, area.bottom(), area.top()));
        panel.frame(levels.unit(), "");
        List<Legend.Entry> legend = new ArrayList<>(List.of(new Legend.Entry("measured", MEASURED)));
        Labels labels = new Labels(svg, panel);
        Optional<SaturationFit> fit = analysis.fit();
        fit.ifPresent(curve -> {
            curve(svg, panel, labels, curve);
            legend.add(new Legend.Entry(curve.isIndicative() ? "fit, indicative" : "fit, 95 % band", FITTED));
        });
        List<Panel.Point> ideal = ideal(panel);
        panel.line(ideal, IDEAL);
        if (!ideal.isEmpty()) {
            legend.add(new Legend.Entry("linear", IDEAL));
        }
        panel.line(points, MEASURED);
        ChartStyle.dots(svg, panel, points, Palette.GREEN, point -> Numbers.plain(point.y()) + " tok/s");
        Legend.draw(svg, area.left(), area.top() - Area.LEGEND, legend);
        labels.avoid(ideal);
        values(panel, labels);
        fit.ifPresent(curve -> svg.text(
                area.middle(),
                area.bottom() + Area.ROW,
                "R² " + Numbers.fixed(curve.rSquared(), 3) + ", "
                        + CountText.of(curve.degreesOfFreedom(), "degree") + " of freedom"
                        + (curve.isIndicative() ? ": indicative" : ""),
                Type.plain(Palette.MUTED).size(11).middle()));
    }

    private void curve(Svg svg, Panel panel, Labels labels, SaturationFit fit) {
        double low = points.get(0).x();
        double high = points.get(points.size() - 1).x();
        double[] users = DoubleStream.iterate(0, i -> i <= STEPS, i -> i + 1)
                .map(i -> low * Math.pow(high / low, i / STEPS))
                .toArray();
        Path band = new Path();
        List<Panel.Point> line = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (double u : users) {
            Range range = fit.band(u);
            ranges.add(range);
            band.to(panel.x().at(u), within(panel, range.high()));
            line.add(new Panel.Point(u, fit.at(u)));
        }
        for (int i = users.length - 1; i >= 0; i--) {
            band.to(panel.x().at(users[i]), within(panel, ranges.get(i).low()));
        }
        svg.area(band, Palette.PURPLE, 0.16);
        panel.line(line, FITTED);
        labels.avoid(line);
    }

    // A band of few degrees of freedom is wider than what was measured: it ends where the panel does.
    private static double within(Panel panel, double value) {
        return panel.y().at(Math.max(panel.y().low(), Math.min(panel.y().high(), value)));
    }

    private List<Panel.Point> ideal(Panel panel) {
        if (points.size() < 2 || points.get(0).y() <= 0) {
            return List.of();
        }
        double perUser = points.get(0).y() / points.get(0).x();
        double end = Math.min(panel.x().high(), panel.y().high() / perUser);
        double start = points.get(0).x();
        return DoubleStream.iterate(0, i -> i <= STEPS, i -> i + 1)
                .map(i -> start * Math.pow(end / start, i / STEPS))
                .mapToObj(u -> new Panel.Point(u, u * perUser))
                .toList();
    }

    private void values(Panel panel, Labels labels) {
        labels.avoid(points);
        labels.avoidDots(points);
        double free = Double.NEGATIVE_INFINITY;
        for (Panel.Point point : points) {
            String text = Numbers.plain(point.y());
            Type type = Type.plain(Palette.INK).haloed();
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            if (x - type.width(text) / 2 > free) {
                labels.put(
                        text,
                        type,
                        new Spot(x, y + 20, Anchor.MIDDLE),
                        new Spot(x + 4, y + 18, Anchor.START),
                        new Spot(x + 8, y + 14, Anchor.START),
                        new Spot(x, y - 10, Anchor.MIDDLE),
                        new Spot(x - 8, y - 6, Anchor.END),
                        new Spot(x - 10, y - 10, Anchor.START),
                        new Spot(x + 14, y + 20, Anchor.END));
                free = x + type.width(text) / 2 + 2;
            }
        }
    }
}
