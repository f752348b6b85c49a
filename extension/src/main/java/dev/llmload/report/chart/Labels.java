package dev.llmload.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts texts where nothing else is: it is told what has been drawn, tries the spots it is offered in their order, and
 * remembers where it put things. A text may lie over a line if it must, but never over another text: one that has no place
 * is left out. Not thread-safe.
 */
public final class Labels {
    private static final double STEP = 5;
    private static final double DOT = 6;
    private static final int SHIFTS = 4;

    private final Svg svg;
    private final Panel panel;
    private final List<double[]> taken = new ArrayList<>();
    private final List<double[]> texts = new ArrayList<>();

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
     * Writes a text at the first spot that covers nothing; if there is none, where it covers least; if it would cover another
     * text or leave the panel everywhere, not at all.
     *
     * @param text the text
     * @param type how it is set; the spot decides its anchor
     * @param spots from the most to the least wanted, at least one
     */
    public void put(String text, Type type, Spot... spots) {
        put(text, type, List.of(spots));
    }

    /**
     * The same for a text that should not be missed: where no spot will do, it is tried above and below each.
     *
     * @param text the text
     * @param type how it is set; the spot decides its anchor
     * @param spots from the most to the least wanted, at least one
     */
    public void name(String text, Type type, Spot... spots) {
        if (!put(text, type, List.of(spots))) {
            List<Spot> further = new ArrayList<>();
            for (int i = 1; i <= SHIFTS; i++) {
                for (Spot spot : spots) {
                    double shift = i * type.size();
                    further.add(new Spot(spot.x(), spot.y() - shift, spot.anchor()));
                    further.add(new Spot(spot.x(), spot.y() + shift, spot.anchor()));
                }
            }
            put(text, type, further);
        }
    }

    private boolean put(String text, Type type, List<Spot> spots) {
        Optional<Spot> chosen = spots.stream()
                .filter(spot -> isFree(box(text, type, spot)))
                .min(Comparator.comparingLong(spot -> covered(box(text, type, spot)))); // the first of equals
        chosen.ifPresent(spot -> {
            double[] box = box(text, type, spot);
            taken.add(box);
            texts.add(box);
            Type anchored = new Type(type.size(), type.bold(), type.colour(), spot.anchor(), type.halo());
            svg.text(spot.x(), spot.y(), text, anchored);
        });
        return chosen.isPresent();
    }

    private boolean isFree(double[] box) {
        boolean inside = box[0] >= panel.x().from() - 2
                && box[1] >= panel.y().to() - 2
                && box[2] <= panel.x().to() + 2
                && box[3] <= panel.y().from() + 2;
        return inside && texts.stream().noneMatch(text -> meet(text, box));
    }

    private long covered(double[] box) {
        return taken.stream().filter(each -> meet(each, box)).count();
    }

    private static boolean meet(double[] one, double[] other) {
        return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
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
