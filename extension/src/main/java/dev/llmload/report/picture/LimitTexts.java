package dev.llmload.report.picture;

import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;

/** Writes a budget's own text at its line: on it or under it, at the left or at the right, wherever no curve runs. */
final class LimitTexts {
    private LimitTexts() {}

    static void put(Labels labels, Panel panel, Limit limit, String colour) {
        double y = panel.y().at(limit.nanos());
        double left = panel.x().from() + 6;
        double right = panel.x().to() - 6;
        labels.name(
                limit.outcome().budget().text(),
                Type.plain(colour).strong().haloed(),
                new Spot(left, y - 5, Anchor.START),
                new Spot(right, y - 5, Anchor.END),
                new Spot(left, y + 14, Anchor.START),
                new Spot(right, y + 14, Anchor.END),
                new Spot((left + right) / 2, y - 5, Anchor.MIDDLE),
                new Spot((left + right) / 2, y + 14, Anchor.MIDDLE),
                new Spot(right, y + 28, Anchor.END));
    }
}
