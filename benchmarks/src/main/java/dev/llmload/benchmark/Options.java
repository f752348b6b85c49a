package dev.llmload.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** The options of a benchmark, {@code name=value} each. */
final class Options {
    private final Map<String, Integer> values;

    private Options(Map<String, Integer> values) {
        this.values = values;
    }

    /** Takes the arguments; the defaults say which options there are. */
    static Options parse(String[] args, Map<String, Integer> defaults) {
        Map<String, Integer> values = new LinkedHashMap<>(defaults);
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (equals < 0 || !values.containsKey(name)) {
                throw new IllegalArgumentException("options are " + defaults + ", but there was " + arg);
            }
            values.put(name, Integer.valueOf(arg.substring(equals + 1)));
        }
        return new Options(values);
    }

    int get(String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
