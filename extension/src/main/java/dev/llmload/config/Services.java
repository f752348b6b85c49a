package dev.llmload.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What others plugged in for one interface. Looked for by the class loader of the thread, which is the one that Spring and
 * Quarkus set, then by others. One that cannot be made keeps no other from being found.
 *
 * @param found an instance of each, made for this
 * @param problems of those that could not be made, a sentence each
 */
public record Services<T>(List<T> found, List<String> problems) {
    /** A broken file of services fails at each of its lines; more of them say no more. */
    private static final int MOST_PROBLEMS = 20;

    /** Copies the lists. */
    public Services {
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }

    /**
     * Looks for them.
     *
     * @param type the interface
     * @param more class loaders to ask before the library's own
     */
    public static <T> Services<T> of(Class<T> type, ClassLoader... more) {
        Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
        List<T> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> problems = new LinkedHashSet<>();
        Stream.of(
                        Stream.of(Thread.currentThread().getContextClassLoader()),
                        Stream.of(more),
                        Stream.of(Services.class.getClassLoader()))
                .flatMap(each -> each)
                .filter(Objects::nonNull)
                .filter(loaders::add)
                .forEach(loader -> collect(ServiceLoader.load(type, loader), found, seen, problems));
        return new Services<>(found, List.copyOf(problems));
    }

    private static <T> void collect(ServiceLoader<T> services, List<T> found, Set<String> seen, Set<String> problems) {
        Iterator<ServiceLoader.Provider<T>> each = services.stream().iterator();
        int failures = 0;
        while (failures < MOST_PROBLEMS) {
            try {
                if (!each.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<T> provider = each.next();
                if (seen.add(provider.type().getName())) {
                    found.add(provider.get());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                problems.add(sentence(e));
            }
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause + ")");
    }
}
