package dev.llmload.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts texts where nothing else is: it is told what has been drawn, tries the spots it is offered in their order, and
 * remembers where it put things. Not thread-safe.
 */
public final class Labels {
    private static final double STEP = 5;
    private static final double DOT = 6;
    private static final long OUTSIDE = 1_000_000;

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
        for (int i = 1; i < points.size(); i++) {
            Panel.Point from = points.get(i - 1);
            Panel.Point to = points.get(i);
            avoidLine(
                    panel.x().at(from.x()),
                    panel.y().at(from.y()),
                    panel.x().at(to.x()),
                    panel.y().at(to.y()));
        }
    }

    /** Keeps texts away from the dots at points of the panel. */
    public void avoidDots(List<Panel.Point> points) {
        for (Panel.Point point : points) {
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            taken.add(new double[] {x - DOT, y - DOT, x + DOT, y + DOT});
        }
    }

    /**
     * Keeps texts away from a straight line.
     *
     * @param x0 its start, in pixels
     * @param y0 its start, in pixels
     * @param x1 its end, in pixels
     * @param y1 its end, in pixels
     */
    public void avoidLine(double x0, double y0, double x1, double y1) {
        int pieces = (int) Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / STEP));
        for (int k = 0; k <= pieces; k++) {
            double x = x0 + (x1 - x0) * k / pieces;
            double y = y0 + (y1 - y0) * k / pieces;
            taken.add(new double[] {x - 2, y - 2, x + 2, y + 2});
        }
    }

    /**
     * Writes a text at the first free spot; if none is free, where it covers least.
     *
     * @param text the text
     * @param type how it is set; the spot decides its anchor
     * @param spots from the most to the least wanted, at least one
     */
    public void put(String text, Type type, Spot... spots) {
        Spot chosen = spots[0];
        long least = Long.MAX_VALUE;
        for (Spot spot : spots) {
            long covered = covered(box(text, type, spot));
            if (covered < least) {
                least = covered;
                chosen = spot;
            }
        }
        taken.add(box(text, type, chosen));
        Type anchored = new Type(type.size(), type.bold(), type.colour(), chosen.anchor(), type.halo());
        svg.text(chosen.x(), chosen.y(), text, anchored);
    }

    private long covered(double[] box) {
        boolean inside = box[0] >= panel.x().from()
                && box[1] >= panel.y().to()
                && box[2] <= panel.x().to() + 2
                && box[3] <= panel.y().from();
        return (inside ? 0 : OUTSIDE)
                + taken.stream()
                        .filter(t -> t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])
                        .count();
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
