package dev.llmload.exposition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads one line: {@code name{label="value",…} value [time] [# exemplar]}, or {@code {"name",label="value"} value}. */
final class SampleLine {
    /** What Java takes for a number and the formats do not, such as {@code 1d}, is none here. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?inf(?:inity)?");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("(?i)[+-]?nan");

    private final String line;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private String name = "";
    private int at;

    SampleLine(String line) {
        this.line = line;
    }

    /** The sample; empty if the line is none. */
    Optional<Sample> read() {
        name = word();
        blanks();
        if (next('{') && !labels() || name.isEmpty()) {
            return Optional.empty();
        }
        blanks();
        int begin = at;
        while (at < line.length() && !blank(line.charAt(at))) {
            at++;
        }
        OptionalDouble value = number(line.substring(begin, at));
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sample(name, Collections.unmodifiableMap(labels), value.getAsDouble()));
    }

    // Behind the brace; false if it is never closed, or not as the format has it.
    private boolean labels() {
        while (true) {
            blanks();
            if (next('}')) {
                return true;
            }
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            Optional<String> label = quoted ? quoted() : Optional.of(word()).filter(word -> !word.isEmpty());
            if (label.isEmpty()) {
                return false;
            }
            blanks();
            if (next('=')) {
                blanks();
                Optional<String> value = quoted();
                if (value.isEmpty()) {
                    return false;
                }
                labels.put(label.get(), value.get());
            } else if (quoted && name.isEmpty()) {
                name = label.get();
            } else {
                return false;
            }
            blanks();
            if (!next(',') && (at == line.length() || line.charAt(at) != '}')) {
                return false;
            }
        }
    }

    private String word() {
        int begin = at;
        while (at < line.length() && wordly(line.charAt(at))) {
            at++;
        }
        return line.substring(begin, at);
    }

    private Optional<String> quoted() {
        if (!next('"')) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return Optional.of(text.toString());
            }
            if (c == '\\' && at < line.length()) {
                unescape(line.charAt(at++), text);
            } else {
                text.append(c);
            }
        }
        return Optional.empty();
    }

    private static void unescape(char escaped, StringBuilder to) {
        switch (escaped) {
            case 'n' -> to.append('\n');
            case '"', '\\' -> to.append(escaped);
            default -> to.append('\\').append(escaped);
        }
    }

    private boolean next(char expected) {
        boolean there = at < line.length() && line.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < line.length() && blank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    // A name is letters, digits, _ and :, but what writes others means them.
    private static boolean wordly(char c) {
        return !blank(c) && "{}=,\"".indexOf(c) < 0;
    }

    private static OptionalDouble number(String text) {
        if (NUMBER.matcher(text).matches()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        if (INFINITY.matcher(text).matches()) {
            return OptionalDouble.of(text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NOT_A_NUMBER.matcher(text).matches() ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }
}
