package dev.llmload.junit.declared;

import dev.llmload.junit.EndpointSupplier;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmEndpointSource;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the address of a load test's endpoint: the nearest that method, class, base and enclosing classes declare. */
final class EndpointAddresses {
    private final Method method;
    private final List<Class<?>> innermostFirst;
    private final String name;

    /**
     * Of one test.
     *
     * @param name of its endpoint, or empty
     */
    EndpointAddresses(Method method, List<Class<?>> innermostFirst, String name) {
        this.method = method;
        this.innermostFirst = innermostFirst;
        this.name = name;
    }

    /** The nearest; two that are equally near are an IllegalArgumentException. */
    EndpointAddress nearest() {
        return onlyOne("the method", annotated(method, declared -> true))
                .or(() -> innermostFirst.stream()
                        .flatMap(EndpointAddresses::withBases)
                        .flatMap(type -> onlyOne(type.getSimpleName(), of(type)).stream())
                        .findFirst())
                .orElse(new EndpointAddress.Text(""));
    }

    /** Names of the endpoints whose address a member of the classes gives. */
    List<String> names() {
        return innermostFirst.stream()
                .flatMap(EndpointAddresses::sources)
                .map(EndpointAddresses::nameOf)
                .distinct()
                .toList();
    }

    private static Stream<Class<?>> withBases(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass);
    }

    private List<EndpointAddress> of(Class<?> type) {
        Class<?> base = type.getSuperclass();
        List<LlmEndpoint> inherited = base == null ? List.of() : BorneAnnotations.find(base, LlmEndpoint.class);
        List<EndpointAddress> found = new ArrayList<>(annotated(type, declared -> !inherited.contains(declared)));
        List<Member> ofBase = base == null ? List.of() : sources(base).toList();
        sources(type)
                .filter(source -> !ofBase.contains(source) && nameOf(source).equals(name))
                .forEach(source -> found.add(new EndpointAddress.Source(source)));
        return found;
    }

    private static List<EndpointAddress> annotated(AnnotatedElement element, Predicate<LlmEndpoint> own) {
        List<EndpointAddress> found = new ArrayList<>();
        for (LlmEndpoint endpoint : BorneAnnotations.find(element, LlmEndpoint.class)) {
            if (own.test(endpoint) && found.isEmpty()) {
                found.addAll(addresses(endpoint));
            }
        }
        return found;
    }

    private static List<EndpointAddress> addresses(LlmEndpoint endpoint) {
        List<EndpointAddress> found = new ArrayList<>();
        if (!endpoint.url().isEmpty()) {
            found.add(new EndpointAddress.Text(endpoint.url()));
        }
        if (endpoint.supplier() != EndpointSupplier.class) {
            found.add(new EndpointAddress.Supplied(endpoint.supplier()));
        }
        return found;
    }

    private static Stream<Member> sources(Class<?> type) {
        return Stream.concat(
                AnnotationSupport.findAnnotatedMethods(type, LlmEndpointSource.class, HierarchyTraversalMode.BOTTOM_UP)
                        .stream(),
                ReflectionSupport.findFields(
                        type,
                        field -> AnnotationSupport.isAnnotated(field, LlmEndpointSource.class),
                        HierarchyTraversalMode.BOTTOM_UP)
                        .stream());
    }

    private static String nameOf(Member source) {
        AnnotatedElement element = source instanceof Method found ? found : (Field) source;
        return AnnotationSupport.findAnnotation(element, LlmEndpointSource.class)
                .map(LlmEndpointSource::name)
                .orElse("");
    }

    private Optional<EndpointAddress> onlyOne(String where, List<EndpointAddress> found) {
        if (found.size() > 1) {
            throw new IllegalArgumentException("the endpoint" + (name.isEmpty() ? "" : " `" + name + "`") + " has "
                    + found.size() + " addresses on " + where + ": "
                    + String.join(
                            ", ", found.stream().map(EndpointAddresses::words).toList())
                    + "; leave one");
        }
        return found.stream().findFirst();
    }

    private static String words(EndpointAddress address) {
        return address instanceof EndpointAddress.Late late ? late.words() : "`url` of @LlmEndpoint";
    }
}
