package dev.llmload.junit.declared;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * An annotation that holds for a method: of each member the nearest value that is not the default, from the method, its
 * class with the bases of that, and the enclosing classes outwards.
 *
 * @param <A> the annotation, whose members all have defaults
 */
final class NearestMembers<A extends Annotation> {
    private final List<A> nearestFirst = new ArrayList<>();
    private final A defaults;

    /**
     * Collects them.
     *
     * @param type of the annotation
     * @param bearer a class that has it without any member
     */
    NearestMembers(Class<A> type, Class<?> bearer, Method method, List<Class<?>> classesInnermostFirst) {
        this.defaults = Objects.requireNonNull(bearer.getAnnotation(type));
        collect(type, method);
        classesInnermostFirst.forEach(element -> collect(type, element));
    }

    private void collect(Class<A> type, AnnotatedElement element) {
        nearestFirst.addAll(BorneAnnotations.find(element, type));
    }

    /** Whether there is any. */
    boolean present() {
        return !nearestFirst.isEmpty();
    }

    /** A member's nearest value that is not the default, else the default. */
    <T> T nearest(Function<A, T> member) {
        T byDefault = member.apply(defaults);
        return nearestFirst.stream()
                .map(member)
                .filter(value -> !value.equals(byDefault))
                .findFirst()
                .orElse(byDefault);
    }
}
