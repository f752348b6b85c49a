package dev.llmload.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One query of nvidia-smi's. Its fields differ from version to version and one that it does not know fails the whole
 * query, so such a field is replaced by its older name, or left out, for good.
 */
final class SmiQuery {
    private static final Pattern UNKNOWN = Pattern.compile("Field \"([^\"]+)\" is not a valid field to query.*");
    private static final Map<String, String> OLDER =
            Map.of("clocks_event_reasons.active", "clocks_throttle_reasons.active", "power.draw.instant", "power.draw");

    private final SmiCommand command;
    private final String kind;
    private final List<String> fields;
    private final Map<String, String> column = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();

    SmiQuery(SmiCommand command, String kind, String... fields) {
        this.command = command;
        this.kind = kind;
        this.fields = new ArrayList<>(List.of(fields));
        for (String field : fields) {
            column.put(field, field);
        }
    }

    /**
     * The answer, one line a device.
     *
     * @throws TelemetryUnavailableException if it cannot be run
     */
    SmiCommand.Answer ask() throws TelemetryUnavailableException {
        while (true) {
            SmiCommand.Answer answer =
                    command.run("--query-" + kind + "=" + String.join(",", fields), "--format=csv,noheader,nounits");
            Matcher matcher = UNKNOWN.matcher(answer.firstLine());
            if (!matcher.matches() || !fields.contains(matcher.group(1))) {
                return answer;
            }
            replace(matcher.group(1));
        }
    }

    private void replace(String field) {
        String older = OLDER.get(field);
        int at = fields.indexOf(field);
        if (older == null || fields.contains(older)) {
            fields.remove(at);
            unknown.add(field);
        } else {
            fields.set(at, older);
        }
        column.replaceAll((wanted, asked) -> asked.equals(field) ? older == null ? "" : older : asked);
    }

    /** Fields that this version does not have. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** Splits a line; empty if it has not one value a field. */
    List<String> values(String line) {
        List<String> values = List.of(line.split(",\\s*", -1));
        return values.size() == fields.size() ? values : List.of();
    }

    /** A field of a line, empty if this version does not have it. */
    String text(List<String> values, String field) {
        int at = fields.indexOf(column.get(field));
        return at < 0 ? "" : values.get(at).strip();
    }

    /** A number of a line; NaN for whatever is none, such as {@code [N/A]}. */
    double number(List<String> values, String field) {
        try {
            return Double.parseDouble(text(values, field));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A mask such as {@code 0x0000000000000004}; 0 for whatever is none. */
    long mask(List<String> values, String field) {
        String text = text(values, field);
        return text.matches("0x[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(text.substring(2), 16) : 0;
    }
}
