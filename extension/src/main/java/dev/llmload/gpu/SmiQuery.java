package dev.llmload.gpu;

import dev.llmload.spi.TelemetryUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One query of nvidia-smi's. Its fields differ from version to version and one that it does not know fails the whole
 * query, so such a field is replaced by its older name, or left out, for good.
 */
final class SmiQuery {
    private static final Pattern UNKNOWN = Pattern.compile("Field \"([^\"]+)\" is not a valid field to query.*");
    /** Those of integrated GPUs have no prefix. */
    private static final Pattern UUID = Pattern.compile("(?i)(GPU|MIG)-\\S+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** {@code [N/A]}, {@code [Not Supported]}, {@code [Unknown Error]}, {@code ERR!} and their like. */
    private static final Pattern NONE = Pattern.compile("\\[.*]|(?i:ERR!?|N/A|Not Supported|Unknown Error)");
    /** Some versions write the unit although they are asked not to. */
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?)(?:\\s*(?:%|W|C|MiB|MHz))?");

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
            Optional<String> unknown = answer.lines().stream()
                    .map(UNKNOWN::matcher)
                    .filter(matcher -> matcher.matches() && fields.contains(matcher.group(1)))
                    .map(matcher -> matcher.group(1))
                    .findFirst();
            if (unknown.isEmpty()) {
                return answer;
            }
            replace(unknown.get());
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

    /** Whether a line has one value a field and the UUID of a GPU: no header, no warning, no message. */
    boolean row(String line) {
        List<String> values = values(line);
        String key = column.containsKey("uuid") ? "uuid" : "gpu_uuid";
        return !values.isEmpty() && UUID.matcher(text(values, key)).matches();
    }

    /** A field of a line; empty if this version does not have it, or there is a word for "none" in its place. */
    String text(List<String> values, String field) {
        int at = fields.indexOf(column.get(field));
        String value = at < 0 ? "" : values.get(at).strip();
        return NONE.matcher(value).matches() ? "" : value;
    }

    /** A number of a line, at least 0; NaN for whatever is none, such as {@code [N/A]}. */
    double number(List<String> values, String field) {
        Matcher number = NUMBER.matcher(text(values, field));
        return number.matches() ? Double.parseDouble(number.group(1)) : Double.NaN;
    }

    /** A mask such as {@code 0x0000000000000004}; 0 for whatever is none. */
    long mask(List<String> values, String field) {
        String text = text(values, field);
        return text.matches("0x[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(text.substring(2), 16) : 0;
    }
}
