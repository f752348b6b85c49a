package dev.llmload.junit.declared;

import dev.llmload.junit.LlmLoad;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Whether anything of the user's runs before a load test: a life-cycle method, an extension, a static object. It can set
 * what is not set yet.
 */
final class UserCode {
    private UserCode() {}

    static boolean runsBefore(Method method, Class<?> testClass) {
        return extended(method)
                || withInstances(testClass)
                        .anyMatch(type -> AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class)
                                                .size()
                                        > 0
                                || has(type, BeforeAll.class)
                                || has(type, BeforeEach.class)
                                || !fields(type).isEmpty());
    }

    // What a static nested class lies in does not run with it.
    private static Stream<Class<?>> withInstances(Class<?> testClass) {
        return Stream.<Class<?>>iterate(
                testClass,
                Objects::nonNull,
                type -> Modifier.isStatic(type.getModifiers()) ? null : type.getEnclosingClass());
    }

    private static boolean extended(Method method) {
        return AnnotationSupport.findRepeatableAnnotations(method, ExtendWith.class).stream()
                .flatMap(each -> Stream.of(each.value()))
                .anyMatch(type -> !isOurs(type));
    }

    /** Whether an extension is the one that {@link LlmLoad} brings along. */
    static boolean isOurs(Class<?> extension) {
        return Stream.of(LlmLoad.class.getAnnotation(ExtendWith.class).value()).anyMatch(extension::equals);
    }

    private static boolean has(Class<?> type, Class<? extends Annotation> annotation) {
        return !AnnotationSupport.findAnnotatedMethods(type, annotation, HierarchyTraversalMode.BOTTOM_UP)
                .isEmpty();
    }

    // A container is a static object as a rule; a number or a text starts nothing.
    private static List<Field> fields(Class<?> type) {
        return ReflectionSupport.findFields(
                type,
                field -> AnnotationSupport.isAnnotated(field, RegisterExtension.class)
                        || Modifier.isStatic(field.getModifiers())
                                && !field.isSynthetic()
                                && !field.getType().isPrimitive()
                                && !Arrays.asList(String.class, Class.class).contains(field.getType()),
                HierarchyTraversalMode.BOTTOM_UP);
    }
}
