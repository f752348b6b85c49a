package dev.llmload.exposition;

import java.util.Map;

/**
 * Writes metrics in Prometheus' text format (version 0.0.4), each with the model's name as its label, as engines do. Not
 * thread-safe.
 */
public final class MetricsText {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private final String model;

    /** @param model value of the label {@code model_name} of each sample */
    public MetricsText(String model) {
        this.model = label("model_name", model);
    }

    public void gauge(String name, String help, double value) {
        head(name, help, "gauge");
        sample(name, "", value);
    }

    public void counter(String name, String help, long value) {
        head(name, help, "counter");
        sample(name, "", value);
    }

    /** The same of each engine, with its number as a label where there are several. */
    public void engines(String type, String name, String help, double[] values) {
        head(name, help, type);
        for (int i = 0; i < values.length; i++) {
            sample(name, values.length == 1 ? "" : "," + label("engine", String.valueOf(i)), values[i]);
        }
    }

    public void counters(String name, String help, String label, Map<String, Long> values) {
        head(name, help, "counter");
        values.forEach((key, value) -> sample(name, "," + label(label, key), value));
    }

    /** The bounds are in seconds, the counts not yet cumulated, with one more for what is above the last bound. */
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum) {
        head(name, help, "histogram");
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            sample(name + "_bucket", ",le=\"" + (i < bounds.length ? bounds[i] : "+Inf") + "\"", count);
        }
        sample(name + "_count", "", count);
        sample(name + "_sum", "", sum);
    }

    private static String label(String name, String value) {
        return name + "=\"" + Escapes.label(value) + "\"";
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(Escapes.help(help))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String moreLabels, double value) {
        text.append(name).append('{').append(model).append(moreLabels).append("} ");
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
