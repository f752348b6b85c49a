package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of OpenMetrics 1.0 text, for the types that Prometheus' own text format knows too: whatever the
 * specification forbids is an assertion error.
 */
public final class OpenMetricsGrammar {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String STRING = "(?:[^\\n\"\\\\]|\\\\[n\"\\\\])*";
    private static final String NUMBER = "[+-]?(?:[0-9]+(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|Inf)|NaN";
    private static final Pattern METADATA = Pattern.compile("# (HELP|TYPE|UNIT) (" + NAME + ") (" + STRING + ")");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"" + STRING + "\"";
    private static final Pattern LABELS = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(" + STRING + ")\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(?:\\{(" + LABEL + "(?:," + LABEL + ")*)\\})? (" + NUMBER + ")");

    /** A sample as it was read. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> series = new HashSet<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<String, String> metadata = new HashMap<>();
    private String family = "";
    private boolean sampled;

    private OpenMetricsGrammar() {}

    /** All samples of a text, by the way they are written: {@code name{a="b"}}. */
    public static List<Sample> read(String text) {
        OpenMetricsGrammar reader = new OpenMetricsGrammar();
        assertThat(text).as("ends with its mark and a line feed").endsWith("# EOF\n");
        assertThat(text).as("no carriage return, no tab").doesNotContain("\r", "\t");
        String[] lines = text.substring(0, text.length() - "# EOF\n".length()).split("\n");
        for (String line : lines) {
            reader.line(line);
        }
        return reader.samples;
    }

    private void line(String line) {
        Matcher about = METADATA.matcher(line);
        if (line.startsWith("#")) {
            assertThat(about.matches()).as("metadata: %s", line).isTrue();
            metadata(about.group(1), about.group(2), about.group(3));
        } else {
            sample(line);
        }
    }

    private void metadata(String what, String name, String value) {
        if (!name.equals(family)) {
            assertThat(closed.add(family)).as("family %s in one piece", family).isTrue();
            assertThat(closed).as("family %s in one piece", name).doesNotContain(name);
            family = name;
            sampled = false;
        }
        assertThat(sampled).as("%s of %s before its samples", what, name).isFalse();
        assertThat(metadata.put(what + " " + name, value))
                .as("one %s of %s", what, name)
                .isNull();
        if (what.equals("TYPE")) {
            assertThat(value).isIn("gauge", "summary");
        }
        if (what.equals("UNIT")) {
            assertThat(value).matches("[a-z_]+");
            assertThat(name).endsWith("_" + value);
        }
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        assertThat(matcher.matches()).as("sample: %s", line).isTrue();
        String name = matcher.group(1);
        Map<String, String> labels = labels(matcher.group(2));
        String number = matcher.group(3);
        double value = number.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number);
        String type = metadata.get("TYPE " + family);
        assertThat(type).as("type of %s", family).isNotNull();
        assertThat(metadata).as("help of %s", family).containsKey("HELP " + family);
        if (type.equals("gauge")) {
            assertThat(name).isEqualTo(family);
            assertThat(labels).doesNotContainKey("quantile");
        } else {
            assertThat(name).isIn(family, family + "_sum", family + "_count");
            assertThat(labels.containsKey("quantile")).as("quantile: %s", line).isEqualTo(name.equals(family));
            assertThat(value).isNotNegative();
            if (name.equals(family)) {
                assertThat(Double.parseDouble(labels.get("quantile"))).isBetween(0.0, 1.0);
            }
            if (name.endsWith("_count")) {
                assertThat(number).matches("[0-9]+");
            }
        }
        assertThat(series.add(name + new TreeMap<>(labels)))
                .as("twice: %s", line)
                .isTrue();
        sampled = true;
        samples.add(new Sample(name, labels, value));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (text != null) {
            Matcher each = LABELS.matcher(text);
            while (each.find()) {
                String value = ESCAPE.matcher(each.group(2))
                        .replaceAll(escape ->
                                Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
                assertThat(labels.put(each.group(1), value))
                        .as("label twice: %s", text)
                        .isNull();
            }
        }
        return labels;
    }
}
