package dev.llmload.report.picture;

import dev.llmload.analysis.Sweep;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.SweepAdvice;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One number by level, with its budgets. */
final class MetricPanel implements SweepPanel {
    /** Half the length of a budget's line that belongs to one level. */
    private static final double DASH = 26;

    /**
     * What is drawn.
     *
     * @param key part of a file's name
     * @param title with its unit
     * @param metric whose budgets belong to it; empty for none
     * @param value of a level, in the unit of the title
     */
    record Content(String key, String title, Optional<Metric> metric, Function<LevelVerdict, Quantity> value) {
        static Content of(String key, String title, Metric metric) {
            return new Content(
                    key, title, Optional.of(metric), level -> level.result().quantity(metric));
        }

        private double times() {
            return metric.isPresent() && metric.get().kind() == Metric.Kind.RATIO ? 100 : 1;
        }
    }

    private final SweepLevels levels;
    private final Content content;
    private final String finding;

    MetricPanel(SweepLevels levels, Content content, String finding) {
        this.levels = levels;
        this.content = content;
        this.finding = finding;
    }

    static MetricPanel mfu(TestReport test, SweepLevels levels) {
        String finding = test.analysis()
                .best(Metric.MFU)
                .map(result -> "MFU reaches " + Numbers.percent(result.mfu().value()) + " at "
                        + result.level().name())
                .orElse("MFU by level");
        return new MetricPanel(levels, Content.of("mfu", "MFU, % of the dense peak", Metric.MFU), finding);
    }

    static MetricPanel tokensPerJoule(TestReport test, SweepLevels levels) {
        String finding = test.analysis()
                .best(Metric.TOKENS_PER_JOULE)
                .map(result -> "Most tokens per joule at " + result.level().name() + ": "
                        + Numbers.plain(result.tokensPerJoule().value()))
                .orElse("Output tokens per joule by level");
        return new MetricPanel(
                levels, Content.of("tokens-per-joule", "output tokens per joule", Metric.TOKENS_PER_JOULE), finding);
    }

    static MetricPanel cost(TestReport test, SweepLevels levels) {
        String finding = test.levels().stream()
                .map(LevelVerdict::result)
                .filter(result -> result.costPerMillion().isPresent())
                .min(Comparator.comparingDouble(
                        result -> result.costPerMillion().value()))
                .map(result ->
                        "A million tokens cost least at " + result.level().name() + ": "
                                + SweepAdvice.money(result.costPerMillion().value()))
                .orElse("Cost by level");
        return new MetricPanel(
                levels, Content.of("cost", "cost of a million tokens, $", Metric.COST_PER_MILLION), finding);
    }

    static MetricPanel perUser(TestReport test, SweepLevels levels) {
        List<Sweep.Step> steps = test.analysis().sweep().steps().stream()
                .filter(step -> Double.isFinite(step.perUser()))
                .toList();
        String finding = steps.isEmpty()
                ? "Throughput per user by level"
                : "A user gets " + Numbers.plain(steps.get(0).perUser()) + " tok/s at "
                        + steps.get(0).level().name()
                        + (steps.size() == 1
                                ? ""
                                : " and "
                                        + Numbers.plain(
                                                steps.get(steps.size() - 1).perUser()) + " at "
                                        + steps.get(steps.size() - 1).level().name());
        return new MetricPanel(
                levels,
                new Content("per-user", "throughput per user, tok/s", Optional.empty(), MetricPanel::throughputPerUser),
                finding);
    }

    private static Quantity throughputPerUser(LevelVerdict level) {
        Quantity throughput = level.result().throughput();
        return throughput.isPresent()
                ? Quantity.of(Metric.THROUGHPUT, throughput.value() / SweepLevels.users(level))
                : throughput;
    }

    @Override
    public String key() {
        return content.key();
    }

    @Override
    public String title() {
        return content.title();
    }

    @Override
    public String finding() {
        return finding;
    }

    @Override
    public boolean isMeasured() {
        return levels.levels().stream()
                .anyMatch(level -> content.value().apply(level).isPresent());
    }

    @Override
    public void draw(Svg svg, Area area) {
        List<Panel.Point> points = new ArrayList<>();
        List<BudgetOutcome> budgets = new ArrayList<>();
        for (LevelVerdict level : levels.levels()) {
            Quantity quantity = content.value().apply(level);
            if (quantity.isPresent()) {
                points.add(new Panel.Point(SweepLevels.users(level), quantity.value() * content.times()));
            }
            level.outcomes().stream().filter(this::isAboutThis).forEach(budgets::add);
        }
        double high = Math.max(
                points.stream().mapToDouble(Panel.Point::y).max().orElse(0),
                budgets.stream().mapToDouble(MetricPanel::limit).max().orElse(0));
        Panel panel = new Panel(
                svg,
                levels.axis(area.left(), area.right()),
                ChartStyle.fromZero(high * 1.15, area.bottom(), area.top(), 4));
        panel.frame(levels.unit(), "");
        if (points.isEmpty()) {
            absent(svg, area);
            return;
        }
        Labels labels = new Labels(svg, panel);
        labels.avoid(points);
        labels.avoidDots(points);
        limits(svg, panel, labels, budgets);
        panel.line(points, Stroke.solid(Palette.BLUE, 2.5));
        ChartStyle.dots(svg, panel, points, Palette.BLUE, point -> content.title() + ": " + Numbers.plain(point.y()));
        values(panel, labels, points);
    }

    private void absent(Svg svg, Area area) {
        String why = content.value().apply(levels.levels().get(0)).absentReason();
        double middle = (area.top() + area.bottom()) / 2;
        Type type = Type.plain(Palette.MUTED).size(11).middle().haloed();
        svg.text(area.middle(), middle - 8, "not measured:", type);
        int room = (int) (area.width() / 5.8);
        svg.text(area.middle(), middle + 8, ChartStyle.shorten(why, room), type);
    }

    private boolean isAboutThis(BudgetOutcome outcome) {
        return content.metric()
                        .filter(metric -> metric == outcome.budget().metric())
                        .isPresent()
                && !outcome.budget().ofBaseline();
    }

    private void limits(Svg svg, Panel panel, Labels labels, List<BudgetOutcome> budgets) {
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
            labels.name(
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
        double free = Double.NEGATIVE_INFINITY;
        Type type = Type.plain(Palette.INK).size(11).haloed();
        for (Panel.Point point : points) {
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            String text = Numbers.plain(point.y());
            double half = type.width(text) / 2;
            if (x - half <= free) {
                continue;
            }
            free = x + half;
            labels.put(
                    text,
                    type,
                    new Spot(x, y - 9, Anchor.MIDDLE),
                    new Spot(x, y + 17, Anchor.MIDDLE),
                    new Spot(x - 7, y - 6, Anchor.END),
                    new Spot(x + 7, y + 13, Anchor.START));
        }
    }
}
