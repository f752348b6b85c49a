package dev.llmload.docs;

import dev.llmload.PublicSurface;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/api.md} lists what users may name, so that a change of it is seen in a review. */
class ApiPageTests {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    @Test
    void thePageListsThePublicSurface() throws IOException {
        Map<String, List<Class<?>>> byPackage = PublicSurface.types().stream()
                .collect(Collectors.groupingBy(Class::getPackageName, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        byPackage.forEach((name, types) -> {
            text.append("\n## ").append(name).append("\n\n```text\n");
            text.append(types.stream().map(ApiPageTests::type).collect(Collectors.joining("\n")));
            text.append("```\n");
        });

        Page.of("docs/api.md").generated("api", text.toString());
    }

    private static String type(Class<?> type) {
        StringBuilder text = new StringBuilder();
        text.append(kind(type))
                .append(' ')
                .append(name(type))
                .append("  ")
                .append(PublicSurface.status(type).orElseThrow())
                .append('\n');
        members(type).forEach(member -> text.append("  ").append(member).append('\n'));
        return text.toString();
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        if (type.isEnum()) {
            members.add(Arrays.stream(type.getEnumConstants())
                    .map(each -> ((Enum<?>) each).name())
                    .collect(Collectors.joining(", ")));
        }
        if (type.isRecord()) {
            members.add("("
                    + Arrays.stream(type.getRecordComponents())
                            .filter(each -> !PublicSurface.isInternal(each.getAccessor()))
                            .map(each -> each.getName() + ": " + name(each.getGenericType()))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        Stream.of(fields(type), constructors(type), methods(type))
                .flatMap(each -> each.sorted())
                .forEach(members::add);
        return members;
    }

    private static Stream<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && !field.isEnumConstant())
                .filter(field -> !PublicSurface.isInternal(field))
                .map(ApiPageTests::field);
    }

    private static String field(Field field) {
        return field.getName() + ": " + name(field.getGenericType());
    }

    private static Stream<String> constructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(made -> Modifier.isPublic(made.getModifiers()) && !isCanonical(type, made))
                .filter(made -> !PublicSurface.isInternal(made))
                .map(made -> "new" + parameters(made));
    }

    private static boolean isCanonical(Class<?> type, Constructor<?> made) {
        return type.isRecord()
                && Arrays.equals(
                        made.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new));
    }

    private static Stream<String> methods(Class<?> type) {
        Set<String> components = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet())
                : Set.of();
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !PublicSurface.isInternal(method))
                .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()))
                .filter(method -> !(type.isEnum() && Set.of("values", "valueOf").contains(method.getName())))
                .filter(method -> method.getParameterCount() > 0 || !components.contains(method.getName()))
                .map(ApiPageTests::method);
    }

    private static String method(Method method) {
        return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                + method.getName()
                + parameters(method)
                + ": "
                + name(method.getGenericReturnType())
                + (method.getDefaultValue() == null ? "" : " = " + value(method.getDefaultValue()));
    }

    private static String parameters(Executable made) {
        return Arrays.stream(made.getGenericParameterTypes())
                .map(ApiPageTests::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String value(Object value) {
        if (value instanceof Object[] many) {
            return Arrays.stream(many).map(ApiPageTests::value).collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof int[] many) {
            return Arrays.stream(many).mapToObj(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof double[] many) {
            return Arrays.stream(many).mapToObj(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof String text
                ? "\"" + text + "\""
                : value instanceof Class<?> type ? name(type) : String.valueOf(value);
    }

    private static String kind(Class<?> type) {
        return type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String name(Type type) {
        String full = type instanceof Class<?> plain ? plain.getTypeName() : type.getTypeName();
        return full.replaceAll("\\b(?:[a-z][a-z0-9_]*\\.)+([A-Z])", "$1").replace('$', '.');
    }
}
