package dev.llmload.report.picture;

import dev.llmload.report.SweepAdvice;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import java.util.ArrayList;
import java.util.List;

/** The recommendation in words: which rate to run at, and what it comes to. */
final class AdvicePanel implements SweepPanel {
    private static final double LINE = 16;
    private static final Type TEXT = Type.plain(Palette.INK).size(11.5);

    private final TestReport test;

    AdvicePanel(TestReport test) {
        this.test = test;
    }

    @Override
    public String key() {
        return "advice";
    }

    @Override
    public String title() {
        return "recommendation";
    }

    @Override
    public String finding() {
        return test.analysis()
                .capacity()
                .map(result -> result.level().name() + " is the highest rate at which all budgets hold")
                .orElse("No rate holds all its budgets");
    }

    @Override
    public void draw(Svg svg, Area area) {
        double left = area.left() - 42;
        double y = area.top() - 8;
        double lowest = area.bottom() + Area.ROW;
        for (String sentence : new SweepAdvice(test, test.analysis()).sentences()) {
            for (String line : wrapped("· " + sentence, area.right() - left)) {
                if (y > lowest) {
                    return; // the rest is in the tables
                }
                svg.text(left, y, line, TEXT);
                y += LINE;
            }
            y += 4;
        }
    }

    private static List<String> wrapped(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            // The estimate of a width is on the wide side.
            if (TEXT.width(longer) > width * 1.08 && !line.isEmpty()) {
                lines.add(line.toString());
                line = new StringBuilder("  " + word);
            } else {
                line = new StringBuilder(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
