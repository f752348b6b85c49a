package dev.llmload.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts texts where nothing else is: it is told what has been drawn, tries the spots it is offered in their order, and
 * remembers where it put things. Not thread-safe.
 */
public final class Labels {
    private static final double STEP = 5;

    private final Svg svg;
    private final Panel panel;
    private final List<double[]> taken = new ArrayList<>();

    /**
     * For one panel, whose bounds no text leaves if it can be helped.
     *
     * @param svg where the texts go
     * @param panel where they belong
     */
    public Labels(Svg svg, Panel panel) {
        this.svg = svg;
        this.panel = panel;
    }

    /**
     * A place for a text.
     *
     * @param x where its anchor lies, in pixels
     * @param y its base line, in pixels
     * @param anchor which end of the text that is
     */
    public record Spot(double x, double y, Type.Anchor anchor) {}

    /** Keeps texts away from straight lines between points of the panel. */
    public void avoid(List<Panel.Point> points) {
        for (int i = 0; i < points.size(); i++) {
            double x = panel.x().at(points.get(i).x());
            double y = panel.y().at(points.get(i).y());
            double x0 = i == 0 ? x : panel.x().at(points.get(i - 1).x());
            double y0 = i == 0 ? y : panel.y().at(points.get(i - 1).y());
            int pieces = (int) Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / STEP));
            for (int k = 1; k <= pieces; k++) {
                double px = x0 + (x - x0) * k / pieces;
                double py = y0 + (y - y0) * k / pieces;
                taken.add(new double[] {px - 2, py - 2, px + 2, py + 2});
            }
        }
    }

    /**
     * Writes a text at the first free spot; if none is free, at the first.
     *
     * @param text the text
     * @param type how it is set; the spot decides its anchor
     * @param spots from the most to the least wanted, at least one
     */
    public void put(String text, Type type, Spot... spots) {
        Spot chosen = spots[0];
        for (Spot spot : spots) {
            if (isFree(box(text, type, spot))) {
                chosen = spot;
                break;
            }
        }
        taken.add(box(text, type, chosen));
        Type anchored = new Type(type.size(), type.bold(), type.colour(), chosen.anchor(), type.halo());
        svg.text(chosen.x(), chosen.y(), text, anchored);
    }

    private boolean isFree(double[] box) {
        boolean inside = box[0] >= panel.x().from()
                && box[2] <= panel.x().to() + 2
                && box[3] <= panel.y().from();
        return inside
                && taken.stream().noneMatch(t -> t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1]);
    }

    private static double[] box(String text, Type type, Spot spot) {
        double width = type.width(text);
        double left = switch (spot.anchor()) {
            case START -> spot.x();
            case MIDDLE -> spot.x() - width / 2;
            case END -> spot.x() - width;
        };
        return new double[] {left, spot.y() - type.size() * 0.85, left + width, spot.y() + type.size() * 0.25};
    }
}
