package dev.llmload.report.chart;

/**
 * How a line of text is set.
 *
 * @param size in pixels
 * @param bold semi-bold or regular
 * @param colour as SVG writes it
 * @param anchor which end of the text its position names
 * @param halo whether a white rim keeps it readable over lines
 */
public record Type(double size, boolean bold, String colour, Anchor anchor, boolean halo) {
    /** Which end of the text its position names. */
    public enum Anchor {
        /** The start. */
        START("start"),
        /** The middle. */
        MIDDLE("middle"),
        /** The end. */
        END("end");

        private final String word;

        Anchor(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Regular text of 12 pixels, from its start. */
    public static Type plain(String colour) {
        return new Type(12, false, colour, Anchor.START, false);
    }

    /** The same in another size. */
    public Type size(double pixels) {
        return new Type(pixels, bold, colour, anchor, halo);
    }

    /** The same, semi-bold. */
    public Type strong() {
        return new Type(size, true, colour, anchor, halo);
    }

    /** The same, centred. */
    public Type middle() {
        return new Type(size, bold, colour, Anchor.MIDDLE, halo);
    }

    /** The same, from its end. */
    public Type end() {
        return new Type(size, bold, colour, Anchor.END, halo);
    }

    /** The same with a white rim. */
    public Type haloed() {
        return new Type(size, bold, colour, anchor, true);
    }

    /**
     * About how wide a text will be, in pixels, whatever font the viewer has: an estimate on the wide side, for keeping
     * texts apart.
     */
    public double width(String text) {
        double ems = text.codePoints().mapToDouble(Type::ems).sum();
        return ems * size * (bold ? 1.06 : 1);
    }

    private static double ems(int c) {
        if ("il.,:;|!'·".indexOf(c) >= 0) {
            return 0.34;
        }
        return c == ' '
                ? 0.33
                : c == '%' || c == 'm' || c == 'w' || c == '×' ? 0.92 : c >= 'A' && c <= 'Z' ? 0.72 : 0.63;
    }
}
