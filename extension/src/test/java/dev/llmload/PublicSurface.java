package dev.llmload;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Which types users may name, as their {@code @API} says. */
public final class PublicSurface {
    /** Packages all of whose public types are for users, unless one says otherwise. */
    static final Set<String> PACKAGES = Set.of("dev.llmload.junit", "dev.llmload.result", "dev.llmload.spi");

    /** All types of the library, without its tests. */
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.llmload");

    private PublicSurface() {}

    /** Types that can be named from outside, nested ones too: public, and so is everything around them. */
    static Stream<Class<?>> nameable() {
        return ALL.stream()
                .filter(type -> !type.getSimpleName().equals("package-info") && !type.isAnonymousClass())
                .<Class<?>>map(JavaClass::reflect)
                .filter(PublicSurface::isPublic)
                .sorted(Comparator.comparing(Class::getName));
    }

    /** Those of them that are for users. */
    public static List<Class<?>> types() {
        return nameable().filter(PublicSurface::isForUsers).toList();
    }

    static boolean isForUsers(Class<?> type) {
        return status(type).filter(status -> status != API.Status.INTERNAL).isPresent();
    }

    /** Its own mark, else that of the type around it, else of its package. */
    public static Optional<API.Status> status(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (each.isAnnotationPresent(API.class)) {
                return Optional.of(each.getAnnotation(API.class).status());
            }
        }
        return Optional.ofNullable(type.getPackage().getAnnotation(API.class)).map(API::status);
    }

    /** Whether a member says that it is not for users. */
    public static boolean isInternal(AnnotatedElement member) {
        API api = member.getAnnotation(API.class);
        return api != null && api.status() == API.Status.INTERNAL;
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return true;
    }
}
