package dev.llmload.junit.run;

import dev.llmload.config.Configuration;
import dev.llmload.config.Durations;
import dev.llmload.config.EndpointKeys;
import dev.llmload.config.Key;
import dev.llmload.junit.declared.ConfigurationErrors;
import dev.llmload.junit.declared.Settings;
import dev.llmload.protocol.BodySecrets;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What holds for a run as a whole.
 *
 * @param output folder of all runs
 * @param release name of the model release, or empty
 * @param labels free labels, by name
 * @param keys every key that is set, for the metadata
 * @param charts whether charts are written and attached
 * @param suggest whether each test prints budgets from its own values
 * @param history file of all runs' results, if one is kept
 * @param percentiles shown in the result files, each above 0 and at most 100
 * @param calibrate whether the client measures itself before the first load of this JVM
 * @param lockWait how long to wait for another load test of this host; 0 for not at all
 */
record RunSettings(
        Path output,
        String release,
        Map<String, String> labels,
        Map<String, String> keys,
        boolean charts,
        boolean suggest,
        Optional<Path> history,
        List<Double> percentiles,
        boolean calibrate,
        Duration lockWait) {

    static RunSettings of(Configuration configuration) {
        ConfigurationErrors mistakes = new ConfigurationErrors("this run");
        Settings settings = new Settings(configuration, mistakes);
        RunSettings run = new RunSettings(
                Path.of(settings.text(Key.OUTPUT)),
                Printable.line(settings.text(Key.RELEASE)),
                labels(configuration),
                keys(configuration),
                settings.flag(Key.CHARTS, true, ""),
                settings.flag(Key.SUGGEST, false, ""),
                Optional.of(settings.text(Key.HISTORY))
                        .filter(text -> !text.equalsIgnoreCase("off"))
                        .map(Path::of),
                settings.value(
                        Key.PERCENTILES,
                        Key.PERCENTILES.defaultValue(),
                        "",
                        List.of(),
                        text -> Arrays.stream(text.split(","))
                                .map(RunSettings::percentile)
                                .toList()),
                settings.flag(Key.CALIBRATE, true, ""),
                settings.value(Key.LOCK_WAIT, Key.LOCK_WAIT.defaultValue(), "", Duration.ZERO, Durations::parse));
        mistakes.throwIfAny();
        return run;
    }

    private static double percentile(String text) {
        try {
            double percentile = Double.parseDouble(text.strip());
            if (percentile > 0 && percentile <= 100) {
                return percentile;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of range.
        }
        throw new IllegalArgumentException(
                "must be percentiles above 0 and at most 100, such as `50,95,99.9`, but held `" + text.strip() + "`");
    }

    private static Map<String, String> labels(Configuration configuration) {
        Map<String, String> labels = new TreeMap<>();
        configuration.names().forEach(name -> label(name, configuration, labels));
        String prefix = Key.environmentVariable(Key.LABEL_PREFIX);
        for (String variable : configuration.environmentVariables()) {
            if (variable.startsWith(prefix)) {
                String label = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
                configuration
                        .environmentVariable(variable)
                        .ifPresent(value -> labels.putIfAbsent(label, shown(label, value)));
            }
        }
        return labels;
    }

    private static void label(String key, Configuration configuration, Map<String, String> labels) {
        if (key.startsWith(Key.LABEL_PREFIX)) {
            Optional<String> value = configuration.get(key);
            String name = key.substring(Key.LABEL_PREFIX.length());
            value.ifPresent(text -> labels.put(Printable.line(name), shown(name, text)));
        }
    }

    private static String shown(String name, String value) {
        return Printable.line(Credentials.setting(name, value));
    }

    private static String shown(Key key, String value) {
        return shown(key.key(), key == Key.EXTRA_BODY ? BodySecrets.shown(value) : value);
    }

    private static Map<String, String> keys(Configuration configuration) {
        Map<String, String> keys = new TreeMap<>();
        for (Key key : Key.values()) {
            configuration.get(key).ifPresent(value -> keys.put(key.key(), shown(key, value)));
        }
        configuration.names().stream()
                .filter(key -> EndpointKeys.nameIn(key).isPresent())
                .forEach(key -> configuration.get(key).ifPresent(value -> keys.put(key, shown(key, value))));
        // The case of a name is not in the variable: where another place has the key as well, it is that one.
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(keys.keySet());
        configuration.environmentVariables().stream()
                .flatMap(variable -> EndpointKeys.keyOf(variable).stream())
                .filter(key -> !known.contains(key))
                .forEach(key -> configuration.get(key).ifPresent(value -> keys.put(key, shown(key, value))));
        return keys;
    }
}
