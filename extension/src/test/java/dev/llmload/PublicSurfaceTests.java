package dev.llmload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What users may name is marked, keeps to itself, and everything else says that it is internal. */
class PublicSurfaceTests {
    private static final Pattern FOREIGN_BUT_THE_USERS = Pattern.compile("(java|org\\.junit|org\\.opentest4j)\\..*");

    @Test
    void eachTypeOfAPublicPackage_saysWhetherItStays() {
        assertThat(PublicSurface.nameable()
                        .filter(type -> PublicSurface.PACKAGES.contains(type.getPackageName()))
                        .filter(type -> PublicSurface.status(type).isEmpty()))
                .as("public types of public packages without @API")
                .isEmpty();
    }

    @Test
    void everyOtherPackage_isMarkedInternal() {
        assertThat(PublicSurface.nameable()
                        .map(Class::getPackage)
                        .distinct()
                        .filter(room -> !PublicSurface.PACKAGES.contains(room.getName()))
                        .filter(room -> !room.isAnnotationPresent(API.class)
                                || room.getAnnotation(API.class).status() != API.Status.INTERNAL))
                .as("packages whose package-info has no @API(status = INTERNAL)")
                .isEmpty();
    }

    /** The front doors of packages that are internal otherwise. */
    @Test
    void fromInternalPackages_usersGetTheSimulatorAlone() {
        assertThat(PublicSurface.types().stream()
                        .filter(type -> !PublicSurface.PACKAGES.contains(type.getPackageName()))
                        .filter(type -> type.getEnclosingClass() == null)
                        .map(Class::getName))
                .containsExactly(
                        "dev.llmload.simulator.Fault",
                        "dev.llmload.simulator.Main",
                        "dev.llmload.simulator.Simulator",
                        "dev.llmload.simulator.SimulatorSettings",
                        "dev.llmload.simulator.SimulatorStats");
    }

    @Test
    void noSignature_showsATypeThatUsersMayNotName() {
        List<String> shown = new ArrayList<>();
        for (Class<?> type : PublicSurface.types()) {
            inherited(type).forEach(other -> note(shown, type.getName(), other));
            for (Field field : type.getDeclaredFields()) {
                if (isVisible(field.getModifiers()) && !PublicSurface.isInternal(field)) {
                    note(shown, type.getName() + "." + field.getName(), field.getGenericType());
                }
            }
            for (Constructor<?> made : type.getDeclaredConstructors()) {
                if (isVisible(made.getModifiers()) && !PublicSurface.isInternal(made)) {
                    Stream.of(made.getGenericParameterTypes()).forEach(other -> note(shown, made.toString(), other));
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                if (isVisible(method.getModifiers()) && !method.isSynthetic() && !PublicSurface.isInternal(method)) {
                    Stream.of(
                                    Stream.of(method.getGenericReturnType()),
                                    Stream.of(method.getGenericParameterTypes()),
                                    Stream.of(method.getGenericExceptionTypes()))
                            .flatMap(each -> each)
                            .forEach(other -> note(shown, method.toString(), other));
                }
            }
        }
        assertThat(shown).isEmpty();
    }

    private static Stream<Type> inherited(Class<?> type) {
        Stream<Type> interfaces = Stream.of(type.getGenericInterfaces());
        return type.getGenericSuperclass() == null
                ? interfaces
                : Stream.concat(interfaces, Stream.of(type.getGenericSuperclass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void note(List<String> shown, String where, Type type) {
        Set<Class<?>> classes = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        collect(type, classes);
        classes.stream()
                .filter(each -> !FOREIGN_BUT_THE_USERS.matcher(each.getName()).matches())
                .filter(each -> !PublicSurface.isForUsers(each))
                .forEach(each -> shown.add(where + " shows " + each.getName()));
    }

    private static void collect(Type type, Set<Class<?>> classes) {
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            if (!element.isPrimitive()) {
                classes.add(element);
            }
        } else if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), classes);
            Arrays.stream(generic.getActualTypeArguments()).forEach(each -> collect(each, classes));
        } else if (type instanceof GenericArrayType array) {
            collect(array.getGenericComponentType(), classes);
        } else if (type instanceof WildcardType wildcard) {
            Stream.concat(Arrays.stream(wildcard.getUpperBounds()), Arrays.stream(wildcard.getLowerBounds()))
                    .forEach(each -> collect(each, classes));
        } else if (type instanceof TypeVariable<?> variable) {
            Arrays.stream(variable.getBounds())
                    .filter(bound -> bound != Object.class)
                    .forEach(each -> collect(each, classes));
        }
    }

    @Test
    void eachSaysSinceWhen() throws IOException {
        Path sources = root().resolve("extension/src/main/java");
        List<String> silent = new ArrayList<>();
        for (Class<?> type : PublicSurface.types()) {
            if (type.getEnclosingClass() == null
                    && !Files.readString(sources.resolve(type.getName().replace('.', '/') + ".java"))
                            .contains("\n * @since ")) {
                silent.add(type.getName());
            }
        }
        assertThat(silent).isEmpty();
    }

    /** Of the comparison with the last release. */
    @Test
    void theBuildComparesWhatUsersMayName() throws IOException {
        String pom = Files.readString(root().resolve("extension/pom.xml"));
        Set<String> expected = new TreeSet<>(PublicSurface.PACKAGES);
        PublicSurface.types().stream()
                .filter(type -> type.getEnclosingClass() == null)
                .filter(type -> !PublicSurface.PACKAGES.contains(type.getPackageName()))
                .map(Class::getName)
                .forEach(expected::add);

        assertThat(included(pom)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> included(String pom) {
        return Pattern.compile("<include>(dev\\.llmload\\.[^<]+)</include>")
                .matcher(pom)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** A module of its own, which these tests do not have on their class path. */
    @Test
    void ofTheCommandLine_usersGetItsStartAlone() throws IOException {
        Path gate = root().resolve("gate/src/main/java/dev/llmload/gate");
        List<String> marked = new ArrayList<>();
        try (Stream<Path> files = Files.list(gate)) {
            for (Path file : files.sorted().toList()) {
                if (Files.readString(file).contains("API.Status.STABLE")) {
                    marked.add(file.getFileName().toString());
                }
            }
        }
        assertThat(marked).containsExactly("Main.java");
        assertThat(gate.resolve("package-info.java")).content().contains("API.Status.INTERNAL");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
