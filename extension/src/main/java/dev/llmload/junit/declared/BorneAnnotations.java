package dev.llmload.junit.declared;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds all annotations of one type that a method or class bears. JUnit's own search ends at the first, and then the
 * members of a team's composed annotation would be lost wherever one of them is overridden beside it.
 */
final class BorneAnnotations {
    private BorneAnnotations() {}

    /**
     * Nearest first: those on the element, those on its annotations, then in the same way those of base classes and of
     * interfaces. Of equal ones the nearest.
     */
    static <A extends Annotation> List<A> find(AnnotatedElement element, Class<A> type) {
        Set<A> found = new LinkedHashSet<>();
        collect(element, type, found, new HashSet<>());
        return List.copyOf(found);
    }

    private static <A extends Annotation> void collect(
            AnnotatedElement element, Class<A> type, Set<A> found, Set<AnnotatedElement> visited) {
        if (!visited.add(element)) {
            return;
        }
        Annotation[] own = element.getDeclaredAnnotations();
        for (Annotation annotation : own) {
            if (type.isInstance(annotation)) {
                found.add(type.cast(annotation));
            }
        }
        for (Annotation annotation : own) {
            collect(annotation.annotationType(), type, found, visited);
        }
        if (element instanceof Class<?> bearer) {
            if (bearer.getSuperclass() != null) {
                collect(bearer.getSuperclass(), type, found, visited);
            }
            for (Class<?> implemented : bearer.getInterfaces()) {
                collect(implemented, type, found, visited);
            }
        }
    }
}
