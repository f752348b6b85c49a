package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.ReleaseBudgets;
import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.junit.BudgetFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds and reads the budget file of a load test, if it has one. */
final class BudgetFiles {
    private static final String CLASSPATH = "classpath:";
    private static final Pattern RELEASE = Pattern.compile("\\$\\{release(?::([^{}]*))?}");

    private final Settings settings;
    private final Optional<BudgetFile> annotation;
    private final ClassLoader loader;

    BudgetFiles(Settings settings, Method method, List<Class<?>> innermostFirst) {
        this.settings = settings;
        List<AnnotatedElement> nearestFirst = new ArrayList<>(List.of(method));
        nearestFirst.addAll(innermostFirst);
        this.annotation = nearestFirst.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, BudgetFile.class).stream())
                .findFirst();
        this.loader = innermostFirst.get(0).getClassLoader();
    }

    /** The file's budgets; none if there is no file. */
    List<BudgetRule> budgets() {
        Optional<String> key = settings.configuration().get(Key.BUDGET_FILE);
        if (key.isEmpty() && annotation.isEmpty()) {
            return List.of();
        }
        String origin = key.isPresent() ? "key `" + Key.BUDGET_FILE.key() + "`" : "@BudgetFile";
        String template = key.or(() -> annotation.map(BudgetFile::value)).orElseThrow();
        return settings.mistakes().collect(origin, List.of(), () -> read(template));
    }

    private List<BudgetRule> read(String template) {
        String release = settings.text(Key.RELEASE);
        String file = Placeholders.resolve(withRelease(template, release), settings.configuration());
        ReleaseBudgets found = ReleaseBudgets.parse(text(file), file);
        if (!found.release().isEmpty() && !release.isEmpty() && !found.release().equals(release)) {
            throw new IllegalArgumentException("budget file " + file + " is that of release `" + found.release()
                    + "`, but `" + Key.RELEASE.key() + "` is `" + release + "`");
        }
        return found.budgets();
    }

    private static String withRelease(String template, String release) {
        Matcher matcher = RELEASE.matcher(template);
        return matcher.replaceAll(match -> {
            String named = release.isEmpty() ? match.group(1) : release;
            if (named == null) {
                throw new IllegalArgumentException("the budget file is chosen by release (" + template
                        + "), and none is set: set -D" + Key.RELEASE.key() + "=…, or give a default: ${release:…}");
            }
            return Matcher.quoteReplacement(named);
        });
    }

    private String text(String file) {
        try {
            if (!file.startsWith(CLASSPATH)) {
                return Files.readString(Path.of(file));
            }
            String resource = file.substring(CLASSPATH.length()).replaceFirst("^/+", "");
            try (InputStream in = loader.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("no budget file " + file
                            + ": the class path has no such resource; put it under src/test/resources/" + resource);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "no budget file " + file + ": " + Path.of(file).toAbsolutePath() + " cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
    }
}
