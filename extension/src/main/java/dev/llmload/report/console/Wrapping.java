package dev.llmload.report.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width, at blanks where there are any. */
final class Wrapping {
    private Wrapping() {}

    /**
     * The lines of a text.
     *
     * @param text on one line
     * @param width characters of a line at most
     * @param indent blanks before every line but the first; less than the width
     */
    static List<String> lines(String text, int width, int indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        String lead = "";
        while (lead.length() + rest.length() > width) {
            int room = width - lead.length();
            int blank = rest.lastIndexOf(' ', room);
            boolean within = blank > 0 && !rest.substring(0, blank).isBlank();
            int at = within ? blank : room;
            lines.add(lead + rest.substring(0, at).stripTrailing());
            rest = rest.substring(at).stripLeading();
            lead = " ".repeat(indent);
        }
        lines.add(lead + rest);
        return lines;
    }
}
