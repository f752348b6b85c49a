package dev.llmload.exposition;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads pages in Prometheus' text format and in OpenMetrics: comments, escapes, quoted names, times of samples, exemplars
 * and either line end. A line that is no sample is skipped, whatever it is; what follows {@code # EOF} is no part of the page.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics</a>
 */
public final class Exposition {
    private static final String END = "# EOF";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Exposition() {}

    /**
     * The samples of a page, in its order. A last line without a line end is not read: both formats demand one, and half
     * of a number is a number.
     *
     * @param page any text
     * @return what of it are samples
     */
    public static List<Sample> parse(String page) {
        List<Sample> samples = new ArrayList<>();
        int from = !page.isEmpty() && page.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        for (int end = page.indexOf('\n', from); end >= 0; end = page.indexOf('\n', from)) {
            String line = page.substring(from, end).strip();
            if (line.equals(END)) {
                return samples;
            }
            if (!line.isEmpty() && line.charAt(0) != '#') {
                new SampleLine(line).read().ifPresent(samples::add);
            }
            from = end + 1;
        }
        return samples;
    }
}
