package dev.llmload.junit.declared;

import dev.llmload.budget.baseline.BaselineFile;
import dev.llmload.config.Key;
import dev.llmload.junit.Baseline;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Which baseline a load test has, and what it does with it.
 *
 * @param path of the file
 * @param update whether this run is written into it
 * @param stored what it held when the test was resolved
 */
public record BaselineChoice(Path path, boolean update, BaselineFile stored) {

    static Optional<BaselineChoice> resolve(Settings settings, Method method, List<Class<?>> innermostFirst) {
        boolean update = settings.value(Key.BASELINE, Key.BASELINE.defaultValue(), "", false, BaselineChoice::isUpdate);
        List<AnnotatedElement> nearestFirst = new ArrayList<>(List.of(method));
        nearestFirst.addAll(innermostFirst);
        Optional<String> annotated = nearestFirst.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, Baseline.class).stream())
                .findFirst()
                .map(Baseline::value);
        if (annotated.isEmpty()
                && settings.configuration().get(Key.BASELINE_FILE).isEmpty()) {
            return Optional.empty();
        }
        String where = annotated.isPresent() ? "@Baseline" : "key `" + Key.BASELINE_FILE.key() + "`";
        return settings.value(
                Key.BASELINE_FILE.key(),
                annotated.orElse(""),
                where,
                Optional.empty(),
                file -> Optional.of(read(file, update)));
    }

    private static BaselineChoice read(String file, boolean update) {
        if (file.startsWith("classpath:") || file.isBlank()) {
            throw new IllegalArgumentException("must be a file that can be written, such as"
                    + " src/test/resources/baseline.json, but was `" + file + "`");
        }
        Path path = Path.of(file);
        return new BaselineChoice(path, update, BaselineFile.read(path));
    }

    private static boolean isUpdate(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "update" -> true;
            case "check" -> false;
            default -> throw new IllegalArgumentException("must be `check` or `update`, but was `" + text + "`");
        };
    }
}
