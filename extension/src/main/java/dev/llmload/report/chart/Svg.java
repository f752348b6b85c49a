package dev.llmload.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes one SVG document, element by element, in the order of the calls. Coordinates are pixels with at most two
 * decimals, text stays text, and the same calls give the same bytes in every locale. Not thread-safe.
 */
public final class Svg {
    private final StringBuilder out = new StringBuilder(8192);
    private final int width;
    private final int height;

    /**
     * Starts a document on a white ground.
     *
     * @param width in pixels
     * @param height in pixels
     * @param title what a screen reader says first
     * @param description what the picture shows, in a sentence or two
     */
    public Svg(int width, int height, String title, String description) {
        this.width = width;
        this.height = height;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"img\" font-family=\"system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif\"")
                .append(" font-size=\"12\">\n");
        out.append("<title>").append(XmlText.escape(title)).append("</title>\n");
        out.append("<desc>").append(XmlText.escape(description)).append("</desc>\n");
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n");
    }

    /** Width in pixels. */
    public int width() {
        return width;
    }

    /** Height in pixels. */
    public int height() {
        return height;
    }

    /**
     * A straight line.
     *
     * @param x1 start
     * @param y1 start
     * @param x2 end
     * @param y2 end
     * @param stroke how it is drawn
     */
    public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
        out.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
        out.append("\" x2=\"")
                .append(number(x2))
                .append("\" y2=\"")
                .append(number(y2))
                .append('"');
        stroke(stroke);
        out.append("/>\n");
    }

    /**
     * An open path.
     *
     * @param path its commands
     * @param stroke how it is drawn
     */
    public void path(Path path, Stroke stroke) {
        out.append("<path d=\"").append(path.commands()).append("\" fill=\"none\" stroke-linejoin=\"round\"");
        stroke(stroke);
        out.append("/>\n");
    }

    /**
     * A filled shape; it is closed by a straight line.
     *
     * @param path its outline
     * @param fill colour
     * @param opacity 0 to 1
     */
    public void area(Path path, String fill, double opacity) {
        out.append("<path d=\"").append(path.commands()).append("Z\" fill=\"").append(fill);
        out.append("\" fill-opacity=\"").append(number(opacity)).append("\"/>\n");
    }

    /**
     * A filled rectangle.
     *
     * @param x left
     * @param y top
     * @param w width
     * @param h height
     * @param fill colour
     * @param opacity 0 to 1
     */
    public void rect(double x, double y, double w, double h, String fill, double opacity) {
        out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(w)).append("\" height=\"").append(number(h));
        out.append("\" fill=\"").append(fill).append('"');
        if (opacity < 1) {
            out.append(" fill-opacity=\"").append(number(opacity)).append('"');
        }
        out.append("/>\n");
    }

    /**
     * A filled dot with a white rim; hovering shows its title where the viewer lets it.
     *
     * @param x centre
     * @param y centre
     * @param radius in pixels
     * @param fill colour
     * @param title what it stands for
     */
    public void dot(double x, double y, double radius, String fill, String title) {
        out.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
        out.append("\" r=\"").append(number(radius)).append("\" fill=\"").append(fill);
        out.append("\" stroke=\"#FFFFFF\" stroke-width=\"1.5\"><title>").append(XmlText.escape(title));
        out.append("</title></circle>\n");
    }

    /**
     * One line of text.
     *
     * @param x where its anchor lies
     * @param y its base line
     * @param text the text
     * @param type how it is set
     */
    public void text(double x, double y, String text, Type type) {
        if (text.isEmpty()) {
            return;
        }
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append('"');
        if (type.size() != 12) {
            out.append(" font-size=\"").append(number(type.size())).append('"');
        }
        if (type.bold()) {
            out.append(" font-weight=\"600\"");
        }
        if (type.anchor() != Type.Anchor.START) {
            out.append(" text-anchor=\"").append(type.anchor().word()).append('"');
        }
        out.append(" fill=\"").append(type.colour()).append('"');
        if (type.halo()) {
            out.append(" stroke=\"#FFFFFF\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        out.append('>').append(XmlText.escape(text)).append("</text>\n");
    }

    /** The finished document. */
    @Override
    public String toString() {
        return out + "</svg>\n";
    }

    private void stroke(Stroke stroke) {
        out.append(" stroke=\"").append(stroke.colour()).append('"');
        if (stroke.width() != 1) {
            out.append(" stroke-width=\"").append(number(stroke.width())).append('"');
        }
        if (stroke.dashed()) {
            out.append(" stroke-dasharray=\"5 4\"");
        }
    }

    /**
     * A coordinate: at most two decimals, no trailing zeros, never NaN.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a coordinate must be a finite number, but was " + value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
