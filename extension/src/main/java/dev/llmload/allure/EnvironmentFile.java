package dev.llmload.allure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Allure's environment.properties: names in rising order, no date, ASCII only. What the tests of one run say differently
 * under one name stands side by side; what an earlier run said there is replaced. Not thread-safe.
 */
final class EnvironmentFile {
    static final String NAME = "environment.properties";

    private final Path results;
    private final Map<String, Set<String>> said = new TreeMap<>();

    EnvironmentFile(Path results) {
        this.results = results;
    }

    void merge(Map<String, String> entries) throws IOException {
        Path file = results.resolve(NAME);
        Map<String, String> all = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            Properties before = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                before.load(reader);
            }
            before.stringPropertyNames().forEach(name -> all.put(name, before.getProperty(name)));
        }
        entries.forEach((name, value) -> {
            if (!value.isBlank()) {
                said.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value);
            }
            all.put(name, String.join(", ", said.getOrDefault(name, Set.of())));
        });
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : all.entrySet()) {
            if (!entry.getValue().isBlank()) {
                text.append(line(entry.getKey(), entry.getValue()));
            }
        }
        Files.createDirectories(results);
        Files.writeString(file, text);
    }

    // Properties knows the escapes; its first line is the date, which would differ between two equal runs.
    private static String line(String name, String value) throws IOException {
        Properties one = new Properties();
        one.setProperty(name, value);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        one.store(bytes, null); // to bytes, because only then it escapes what is not ASCII
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf('\n') + 1).stripTrailing() + "\n";
    }
}
