package dev.llmload.junit.declared;

import dev.llmload.config.EndpointKeys;
import dev.llmload.config.KeyCheck;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for misspelt {@code llmload.*} keys among the system properties, the properties file and the environment. */
public final class KeyMistakes {
    private KeyMistakes() {}

    /** Refuses the test if any key is unknown; a key of another test's named endpoint is let through. */
    public static void refuse(Method method, Class<?> testClass) {
        Set<String> keys = new HashSet<>(System.getProperties().stringPropertyNames());
        keys.addAll(Configurations.file().keySet());
        ConfigurationErrors mistakes = new ConfigurationErrors(LoadTestResolver.displayName(method, testClass));
        find(keys, anyEndpoint(keys)).forEach(mistakes::add);
        mistakes.throwIfAny();
    }

    /** The unknown ones among these keys and the environment's, one sentence each. */
    static List<String> find(Collection<String> keys, Set<String> endpoints) {
        return KeyCheck.unknown(keys, System.getenv().keySet(), endpoints);
    }

    // A single test does not know the endpoints of the others; the check of the whole plan does.
    private static Set<String> anyEndpoint(Set<String> keys) {
        Set<String> names = new HashSet<>();
        keys.forEach(key -> EndpointKeys.nameIn(key).ifPresent(names::add));
        System.getenv().keySet().forEach(key -> EndpointKeys.nameIn(key).ifPresent(names::add));
        return names;
    }
}
