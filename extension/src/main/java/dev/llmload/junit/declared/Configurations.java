package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import dev.llmload.config.Key;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Joins JUnit's configuration parameters with the environment. */
public final class Configurations {
    /** Names of the launcher's parameters: JUnit tells them to who listens to a plan, and not to a test. */
    private static final Set<String> LAUNCHER = ConcurrentHashMap.newKeySet();

    private Configurations() {}

    public static Configuration of(Function<String, Optional<String>> parameters) {
        Set<String> listed = new HashSet<>(System.getProperties().stringPropertyNames());
        listed.addAll(LAUNCHER);
        return new Configuration(parameters, System.getenv(), file(), listed);
    }

    /**
     * Takes note of the names of a launcher's parameters. Whether a test has a value for one, its own look-up decides.
     *
     * @param names of any parameters
     */
    public static void listed(Set<String> names) {
        names.stream().filter(name -> name.startsWith(Key.PREFIX)).forEach(LAUNCHER::add);
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
