package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Ticks;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** MFU, MBU, energy and tokens per joule by level, each with its budgets. */
public final class EfficiencyChart {
    private static final int HEIGHT = 612;
    private static final double PANEL_HEIGHT = 170;
    private static final double FIRST_TOP = 112;
    private static final double SECOND_TOP = 376;
    /** Half the length of a budget's line that belongs to one level. */
    private static final double DASH = 26;

    private record Cell(Metric metric, String title, double times, double left, double right, double top) {}

    private static final List<Cell> CELLS = List.of(
            new Cell(Metric.MFU, "MFU, % of the dense peak", 100, 72, 436, FIRST_TOP),
            new Cell(Metric.MBU, "MBU, % of the memory bandwidth", 100, 512, 876, FIRST_TOP),
            new Cell(Metric.ENERGY, "energy of the window, J", 1, 72, 436, SECOND_TOP),
            new Cell(Metric.TOKENS_PER_JOULE, "output tokens per joule", 1, 512, 876, SECOND_TOP));

    private final Svg svg;
    private final SweepLevels levels;

    private EfficiencyChart(Svg svg, SweepLevels levels) {
        this.svg = svg;
        this.levels = levels;
    }

    /** Whether any level has any of it. */
    public static boolean has(TestReport test) {
        return test.levels().stream()
                .anyMatch(level -> CELLS.stream()
                        .anyMatch(cell -> level.result().quantity(cell.metric()).isPresent()));
    }

    /**
     * Draws it.
     *
     * @param test a test with at least one level
     * @return an SVG document, the same for the same test
     */
    public static String svg(TestReport test) {
        String finding = finding(test);
        Svg svg = new Svg(ChartStyle.WIDTH, HEIGHT, finding, "MFU, MBU, energy and tokens per joule by level.");
        ChartStyle.heading(
                svg,
                finding,
                TestReport.shortName(test.id()) + " · "
                        + test.levels().get(0).result().subject().model(),
                test.simulated());
        EfficiencyChart chart = new EfficiencyChart(svg, new SweepLevels(test.levels()));
        CELLS.forEach(chart::draw);
        return svg.toString();
    }

    private void draw(Cell cell) {
        List<Panel.Point> points = new ArrayList<>();
        List<BudgetOutcome> budgets = new ArrayList<>();
        double high = 0;
        for (LevelVerdict level : levels.levels()) {
            Quantity quantity = level.result().quantity(cell.metric());
            if (quantity.isPresent()) {
                points.add(new Panel.Point(SweepLevels.users(level), quantity.value() * cell.times()));
                high = Math.max(high, quantity.value() * cell.times());
            }
            for (BudgetOutcome outcome : level.outcomes()) {
                if (outcome.budget().metric() == cell.metric()
                        && !outcome.budget().ofBaseline()) {
                    budgets.add(outcome);
                    high = Math.max(high, limit(outcome));
                }
            }
        }
        double bottom = cell.top() + PANEL_HEIGHT;
        Panel panel = new Panel(svg, levels.axis(cell.left(), cell.right()), axis(high * 1.15, bottom, cell.top()));
        panel.frame("users", cell.title());
        if (points.isEmpty()) {
            String why = levels.levels().get(0).result().quantity(cell.metric()).absentReason();
            double middle = (cell.left() + cell.right()) / 2;
            Type type = Type.plain(Palette.MUTED).size(11).middle().haloed();
            svg.text(middle, cell.top() + 80, "not measured:", type);
            svg.text(middle, cell.top() + 96, ChartStyle.shorten(why, 60), type);
            return;
        }
        Labels labels = new Labels(svg, panel);
        labels.avoid(points);
        labels.avoidDots(points);
        limits(panel, labels, budgets);
        panel.line(points, Stroke.solid(Palette.BLUE, 2.5));
        points.forEach(point -> svg.dot(
                panel.x().at(point.x()),
                panel.y().at(point.y()),
                4.5,
                Palette.BLUE,
                cell.metric().word() + " " + Numbers.plain(point.y())));
        values(panel, labels, points);
    }

    private void limits(Panel panel, Labels labels, List<BudgetOutcome> budgets) {
        List<String> named = new ArrayList<>();
        for (BudgetOutcome outcome : budgets) {
            String text = outcome.budget().text();
            if (named.contains(text)) {
                continue;
            }
            named.add(text);
            boolean broken =
                    budgets.stream().anyMatch(o -> o.budget().text().equals(text) && o.verdict() == Verdict.FAIL);
            double y = panel.y().at(limit(outcome));
            double[] ends = ends(panel, text);
            double left = ends[0];
            double right = ends[1];
            String colour = broken ? ChartStyle.colour(Verdict.FAIL) : Palette.MUTED;
            svg.line(left, y, right, y, Stroke.dashed(colour, 1.2));
            labels.avoidLine(left, y, right, y);
            labels.put(
                    text,
                    Type.plain(broken ? ChartStyle.ink(Verdict.FAIL) : Palette.MUTED)
                            .strong()
                            .haloed(),
                    new Spot(left + 6, y - 5, Anchor.START),
                    new Spot(right, y - 5, Anchor.END),
                    new Spot(right, y - 18, Anchor.END),
                    new Spot(right, y + 14, Anchor.END),
                    new Spot(left - 4, y + 4, Anchor.END),
                    new Spot(left + 6, y + 14, Anchor.START));
        }
    }

    // In the unit of the panel: an energy may be limited in kJ or Wh.
    private static double limit(BudgetOutcome outcome) {
        return outcome.budget().limit()
                * switch (outcome.budget().unit()) {
                    case "kJ" -> 1000;
                    case "Wh" -> 3600;
                    default -> 1;
                };
    }

    // Across the panel where every level has the budget; else only as far as those that have it.
    private double[] ends(Panel panel, String budget) {
        double[] at = levels.levels().stream()
                .filter(level -> level.outcomes().stream()
                        .anyMatch(o -> o.budget().text().equals(budget)))
                .mapToDouble(level -> panel.x().at(SweepLevels.users(level)))
                .toArray();
        double left = panel.x().from();
        double right = panel.x().to();
        return at.length == levels.levels().size()
                ? new double[] {left, right}
                : new double[] {Math.max(left, at[0] - DASH), Math.min(right, at[at.length - 1] + DASH)};
    }

    private static void values(Panel panel, Labels labels, List<Panel.Point> points) {
        for (Panel.Point point : points) {
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            labels.put(
                    Numbers.plain(point.y()),
                    Type.plain(Palette.INK).size(11).haloed(),
                    new Spot(x, y - 9, Anchor.MIDDLE),
                    new Spot(x, y + 17, Anchor.MIDDLE),
                    new Spot(x - 7, y - 6, Anchor.END),
                    new Spot(x + 7, y + 13, Anchor.START));
        }
    }

    private static Axis axis(double high, double bottom, double top) {
        double[] at = Ticks.linear(high > 0 ? high : 1, 4);
        List<Tick> ticks =
                Arrays.stream(at).mapToObj(v -> new Tick(v, Numbers.trim(v, 3))).toList();
        return new Axis(Scale.LINEAR, 0, at[at.length - 1], bottom, top, ticks);
    }

    private static String finding(TestReport test) {
        for (LevelVerdict level : test.levels()) {
            for (BudgetOutcome outcome : level.outcomes()) {
                boolean shown = CELLS.stream()
                        .anyMatch(cell -> cell.metric() == outcome.budget().metric());
                if (shown && outcome.verdict() == Verdict.FAIL) {
                    return BudgetLine.of(outcome).name() + " "
                            + BudgetLine.of(outcome).value() + " breaks its budget at "
                            + level.result().level().name();
                }
            }
        }
        LevelVerdict best = test.levels().get(0);
        for (LevelVerdict level : test.levels()) {
            if (value(level) > value(best)) {
                best = level;
            }
        }
        return Double.isNaN(value(best)) || value(best) < 0
                ? "Efficiency by level"
                : "MFU reaches " + Numbers.percent(value(best)) + " at "
                        + best.result().level().name();
    }

    private static double value(LevelVerdict level) {
        Quantity mfu = level.result().mfu();
        return mfu.isPresent() ? mfu.value() : -1;
    }
}
