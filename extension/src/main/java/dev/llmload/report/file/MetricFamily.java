package dev.llmload.report.file;

import dev.llmload.exposition.Escapes;
import dev.llmload.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One metric family of an OpenMetrics text: what it is, then its samples. Only gauges and summaries, because the
 * Prometheus text format, which node_exporter and the Pushgateway read, knows no newer type. Not thread-safe.
 */
public final class MetricFamily {
    private final String name;
    private final String type;
    private final String unit;
    private final String help;
    private final List<String> samples = new ArrayList<>();

    private MetricFamily(String name, String type, String unit, String help) {
        if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
            throw new IllegalArgumentException("a metric must end with its unit " + unit + ", but was " + name);
        }
        this.name = name;
        this.type = type;
        this.unit = unit;
        this.help = help;
    }

    public static MetricFamily gauge(String name, String unit, String help) {
        return new MetricFamily(name, "gauge", unit, help);
    }

    static MetricFamily summary(String name, String unit, String help) {
        return new MetricFamily(name, "summary", unit, help);
    }

    public void add(Map<String, String> labels, double value) {
        sample("", labels, value);
    }

    void quantile(Map<String, String> labels, double percentile, double value) {
        sample("", with(labels, "quantile", Numbers.trim(percentile / 100, 9)), value);
    }

    void sum(Map<String, String> labels, double value) {
        sample("_sum", labels, value);
    }

    void count(Map<String, String> labels, long value) {
        sample("_count", labels, value);
    }

    /** The same labels and one more. */
    static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(name, value);
        return all;
    }

    /** Its lines; nothing if it has no sample. */
    public String text() {
        if (samples.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(Escapes.help(help))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        if (!unit.isEmpty()) {
            text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
        }
        samples.forEach(text::append);
        return text.toString();
    }

    private void sample(String suffix, Map<String, String> labels, double value) {
        StringBuilder line = new StringBuilder(name).append(suffix);
        String between = "{";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            // An empty value is the same as no label.
            if (!label.getValue().isEmpty()) {
                line.append(between).append(label.getKey()).append("=\"");
                line.append(Escapes.label(label.getValue())).append('"');
                between = ",";
            }
        }
        line.append(between.equals(",") ? "} " : " ").append(number(value)).append('\n');
        samples.add(line.toString());
    }

    private static String number(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Numbers.trim(value, 9);
    }
}
