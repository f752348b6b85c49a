package dev.llmload.load;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The samples of a page in Prometheus' text format, by name, summed over their labels. Names are kept with {@code _} for
 * {@code :}, because some engines and proxies write one and some the other. Immutable.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
final class PrometheusText {
    private final Map<String, Double> sums;

    private PrometheusText(Map<String, Double> sums) {
        this.sums = sums;
    }

    /** Reads a page; a line that is no sample is skipped, whatever it is. */
    static PrometheusText parse(String page) {
        Map<String, Double> sums = new HashMap<>();
        page.lines().forEach(line -> add(sums, line.strip()));
        return new PrometheusText(sums);
    }

    private static void add(Map<String, Double> sums, String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return;
        }
        int brace = line.indexOf('{');
        int space = line.indexOf(' ');
        boolean labelled = brace >= 0 && (space < 0 || brace < space);
        int nameEnd = labelled ? brace : space;
        // A label's value may hold anything, also braces; the value of the sample cannot.
        int valueStart = labelled ? line.lastIndexOf('}') + 1 : space + 1;
        if (nameEnd <= 0 || valueStart <= nameEnd) {
            return;
        }
        String value = line.substring(valueStart).strip().split("\\s+")[0];
        try {
            sums.merge(line.substring(0, nameEnd).replace(':', '_'), number(value), Double::sum);
        } catch (NumberFormatException e) {
            return;
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The sum over a name's labels; empty if the page has no such name, or no number for it. */
    OptionalDouble sum(String name) {
        Double sum = sums.get(name);
        return sum == null || !Double.isFinite(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }
}
