package dev.llmload.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Looks keys up with the precedence of the product: {@code -D} or launcher parameter, then environment, then
 * {@code junit-platform.properties}. Immutable as far as its sources are.
 */
public final class Configuration {
    private final Function<String, Optional<String>> parameters;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Set<String> listed;

    /**
     * From its sources.
     *
     * @param parameters JUnit's own look-up: launcher parameters, system properties, then the properties file
     * @param environment the environment variables
     * @param file the entries of {@code junit-platform.properties}, which {@code parameters} also finds: they rank
     *     below the environment
     */
    public Configuration(
            Function<String, Optional<String>> parameters, Map<String, String> environment, Map<String, String> file) {
        this(parameters, environment, file, Set.of());
    }

    /**
     * From its sources, where {@code parameters} answers for keys that are not known beforehand.
     *
     * @param listed names that {@code parameters} may have a value for, besides those of the file
     */
    public Configuration(
            Function<String, Optional<String>> parameters,
            Map<String, String> environment,
            Map<String, String> file,
            Set<String> listed) {
        this.listed = Set.copyOf(listed);
        this.parameters = parameters;
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /**
     * The value of a whole key such as {@code llmload.url}, if anybody set it; stripped, placeholders as they are. A
     * blank value is none: build scripts pass on variables that are empty.
     */
    public Optional<String> get(String key) {
        Optional<String> parameter = parameters.apply(key).filter(Configuration::isSet);
        Optional<String> fromFile = Optional.ofNullable(file.get(key)).filter(Configuration::isSet);
        // JUnit does not say which of its sources answered; a value other than the file's came from above it.
        if (parameter.isPresent() && !parameter.equals(fromFile)) {
            return parameter.map(String::strip);
        }
        Optional<String> variable = environmentVariable(Key.environmentVariable(key));
        return variable.or(() -> parameter).or(() -> fromFile).map(String::strip);
    }

    /** The value of a key, if anybody set it. */
    public Optional<String> get(Key key) {
        return get(key.key());
    }

    /** Names that {@link #get(String)} may have a value for, as far as they can be listed; not those of the environment. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(listed);
        names.addAll(file.keySet());
        return names;
    }

    /** Names of the environment variables. */
    public Set<String> environmentVariables() {
        return new TreeSet<>(environment.keySet());
    }

    /** An environment variable, for example one that holds an API key. */
    public Optional<String> environmentVariable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(Configuration::isSet);
    }

    private static boolean isSet(String value) {
        return !value.isBlank();
    }

    /** Whether the environment says that this is a CI machine ({@code CI} set to something other than false). */
    public boolean isCi() {
        return environmentVariable("CI")
                .filter(value -> !value.equalsIgnoreCase("false") && !value.equals("0"))
                .isPresent();
    }

    /** What stands for {@code ${name}}: a configuration parameter, a system property, or an environment variable. */
    Optional<String> placeholder(String name) {
        return get(name).or(() -> Optional.ofNullable(environment.get(name)));
    }
}
