package dev.llmload.exposition;

import java.util.Map;

/**
 * One sample of a page. Its time and its exemplar are not kept.
 *
 * @param name of the metric, as the page writes it
 * @param labels by name, in the page's order, unescaped; a name that stands twice has its last value
 * @param value any double, NaN and the infinities included
 */
public record Sample(String name, Map<String, String> labels, double value) {
    /**
     * The value of a label.
     *
     * @param label its name
     * @return its value, or empty if the sample has no such label, which means the same
     */
    public String label(String label) {
        return labels.getOrDefault(label, "");
    }
}
