package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/** Joins JUnit's configuration parameters with the environment. */
public final class Configurations {
    private Configurations() {}

    public static Configuration of(Function<String, Optional<String>> parameters) {
        return new Configuration(parameters, System.getenv(), file());
    }

    /** The entries of {@code junit-platform.properties}, which JUnit reads too but does not tell apart. */
    public static Map<String, String> file() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Map<String, String> entries = new HashMap<>();
        try (InputStream in = loader == null ? null : loader.getResourceAsStream("junit-platform.properties")) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
            }
        } catch (IOException | IllegalArgumentException e) {
            // JUnit itself reports an unreadable file; without it the environment simply ranks as it would anyway.
            return Map.of();
        }
        return entries;
    }
}
