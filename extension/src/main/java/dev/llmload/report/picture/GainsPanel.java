package dev.llmload.report.picture;

import dev.llmload.analysis.Sweep;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Ticks;
import dev.llmload.report.chart.Type;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What each step up gains: per cent of throughput, and tok/s for each user added; below the rule it saturates. */
final class GainsPanel implements SweepPanel {
    private static final int FEW = 5;

    private final SweepAnalysis analysis;
    private final List<Sweep.Step> steps;

    GainsPanel(TestReport test) {
        this.analysis = test.analysis();
        this.steps = analysis.sweep().steps();
    }

    @Override
    public String key() {
        return "gains";
    }

    @Override
    public String title() {
        return "gain of each step up, % of throughput";
    }

    @Override
    public boolean isMeasured() {
        return steps.stream().anyMatch(step -> !Double.isNaN(step.gainOverPrevious()));
    }

    @Override
    public String finding() {
        if (!isMeasured()) {
            return "Gain of each step up";
        }
        return analysis.saturation()
                .map(step -> name(steps.indexOf(step)) + " " + unit() + " gains "
                        + Numbers.signed(step.gainOverPrevious() * 100, "%") + ": below "
                        + Numbers.trim(analysis.rules().saturationGain() * 100, 2) + " %, saturated")
                .orElse("Every step up gains at least "
                        + Numbers.trim(analysis.rules().saturationGain() * 100, 2) + " %");
    }

    private String unit() {
        return steps.get(0).level().kind().unit();
    }

    private String name(int i) {
        return steps.get(i - 1).level().amount() + " → " + steps.get(i).level().amount();
    }

    @Override
    public void draw(Svg svg, Area area) {
        List<String> names = new ArrayList<>();
        Type mark = Type.plain(Palette.MUTED);
        double column = area.width() / Math.max(1, steps.size() - 1);
        boolean whole = true;
        for (int i = 1; i < steps.size(); i++) {
            whole &= mark.width(name(i)) + 4 < column;
        }
        for (int i = 1; i < steps.size(); i++) {
            names.add(whole ? name(i) : "→" + steps.get(i).level().amount());
        }
        double rule = analysis.rules().saturationGain() * 100;
        Panel panel = new Panel(svg, Columns.axis(names, area), axis(rule, area));
        panel.frame(unit(), "");
        if (!isMeasured()) {
            svg.text(
                    area.middle(),
                    (area.top() + area.bottom()) / 2,
                    "no two neighbouring levels have a throughput",
                    Type.plain(Palette.MUTED).size(11).middle());
            return;
        }
        double zero = panel.y().at(0);
        svg.line(area.left(), zero, area.right(), zero, Stroke.solid(Palette.AXIS, 1));
        double width = Columns.width(names.size(), area);
        for (int i = 1; i < steps.size(); i++) {
            bar(svg, panel, steps.get(i), panel.x().at(i - 0.5), width);
        }
        double y = panel.y().at(rule);
        svg.line(area.left(), y, area.right(), y, Stroke.dashed(Palette.MUTED, 1.2));
        svg.text(
                area.right(),
                area.top() - Area.LEGEND,
                "dashed: below " + Numbers.trim(rule, 2) + " % a step saturates",
                Type.plain(Palette.MUTED).size(11).end());
        // After the dashed line, so that their halos lie over it.
        for (int i = 1; i < steps.size(); i++) {
            label(svg, panel, steps.get(i), panel.x().at(i - 0.5), width, names.size() <= FEW);
        }
    }

    private boolean saturates(Sweep.Step step) {
        return step.gainOverPrevious() < analysis.rules().saturationGain();
    }

    private void bar(Svg svg, Panel panel, Sweep.Step step, double x, double width) {
        double gain = step.gainOverPrevious() * 100;
        if (!Double.isNaN(gain)) {
            double top = panel.y().at(Math.max(0, gain));
            double bottom = panel.y().at(Math.min(0, gain));
            String colour = saturates(step) ? Palette.ORANGE : Palette.SKY;
            svg.rect(x - width / 2, top, width, Math.max(1, bottom - top), colour, 1);
        }
    }

    private void label(Svg svg, Panel panel, Sweep.Step step, double x, double width, boolean roomy) {
        double gain = step.gainOverPrevious() * 100;
        if (Double.isNaN(gain)) {
            svg.text(x, panel.y().at(0) - 6, "–", Type.plain(Palette.MUTED).middle());
            return;
        }
        double top = panel.y().at(Math.max(0, gain));
        String text = Numbers.signed(gain, "%");
        Type type = Type.plain(saturates(step) ? ChartStyle.ink(Verdict.INCONCLUSIVE) : Palette.INK)
                .size(11)
                .middle()
                .haloed();
        boolean fits = type.width(text) < width / 0.6;
        double above = top - 5 - (roomy ? 13 : 0);
        svg.text(x, above, fits ? text : Numbers.fixed(gain, 0), type);
        if (roomy && !Double.isNaN(step.gainPerUser())) {
            String each = Numbers.signed(step.gainPerUser(), "");
            String unit = " /" + steps.get(0).level().kind().one();
            Type small = Type.plain(Palette.MUTED).size(10.5).middle().haloed();
            svg.text(x, top - 5, small.width(each + unit) < width / 0.6 ? each + unit : each, small);
        }
    }

    // From the lowest gain, or 0, to the highest, with room for two lines of text above the bars.
    private Axis axis(double rule, Area area) {
        double high = rule;
        double low = 0;
        for (Sweep.Step step : steps) {
            if (!Double.isNaN(step.gainOverPrevious())) {
                high = Math.max(high, step.gainOverPrevious() * 100);
                low = Math.min(low, step.gainOverPrevious() * 100);
            }
        }
        double[] up = Ticks.linear(Math.max(high * 1.28, -low * 0.5), 4);
        double step = up[1];
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.floor(low / step); i < 0; i++) {
            ticks.add(new Tick(i * step, Numbers.trim(i * step, 1)));
        }
        for (double tick : up) {
            ticks.add(new Tick(tick, Numbers.trim(tick, 1)));
        }
        return new Axis(Scale.LINEAR, ticks.get(0).value(), up[up.length - 1], area.bottom(), area.top(), ticks);
    }
}
