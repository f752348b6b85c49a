package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetSyntaxException;
import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.result.Level;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;

/** Collects the budgets of a load test from file, classes, method and key, and merges them: the nearer wins. */
final class BudgetResolver {
    private final Settings settings;
    private final Method method;
    private final List<Class<?>> innermostFirst;

    /**
     * All budgets.
     *
     * @param judged by some level of this run
     * @param unreachable those whose level a key removed
     */
    record Found(List<BudgetRule> judged, List<BudgetRule> unreachable) {}

    BudgetResolver(Settings settings, Method method, List<Class<?>> innermostFirst) {
        this.settings = settings;
        this.method = method;
        this.innermostFirst = innermostFirst;
    }

    /**
     * All of them, merged.
     *
     * @param declared the levels of the annotation
     * @param running those of this run
     */
    Found resolve(List<Level> declared, List<Level> running) {
        List<List<BudgetRule>> farthestFirst = new ArrayList<>();
        farthestFirst.add(new BudgetFiles(settings, method, innermostFirst).budgets());
        for (int i = innermostFirst.size() - 1; i >= 0; i--) {
            Class<?> type = innermostFirst.get(i);
            farthestFirst.add(annotated(type, "class " + type.getSimpleName()));
        }
        farthestFirst.add(annotated(method, "method"));
        farthestFirst.add(settings.value(
                Key.BUDGETS,
                Key.BUDGETS.defaultValue(),
                "",
                List.of(),
                text -> text.isBlank() ? List.of() : BudgetParser.parseList(text, "key " + Key.BUDGETS.key())));
        List<BudgetRule> merged = BudgetRules.merge(farthestFirst);
        Optional<Double> confidence = confidence();
        if (confidence.isPresent()) {
            merged = BudgetRules.withConfidence(merged, confidence.get());
        }
        Map<Boolean, List<BudgetRule>> found =
                merged.stream().collect(Collectors.partitioningBy(budget -> isReachable(budget, declared, running)));
        return new Found(found.get(true), found.get(false));
    }

    private Optional<Double> confidence() {
        return settings.value(
                Key.CONFIDENCE,
                Key.CONFIDENCE.defaultValue(),
                "",
                Optional.empty(),
                text -> text.isBlank() ? Optional.empty() : Optional.of(confidence(text)));
    }

    private static double confidence(String text) {
        try {
            double confidence = Double.parseDouble(text);
            if (confidence == 0 || confidence > 0.5 && confidence < 1) {
                return confidence;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of range.
        }
        throw new IllegalArgumentException("must be 0 (off), or above 0.5 and below 1, but was `" + text + "`");
    }

    private List<BudgetRule> annotated(AnnotatedElement element, String source) {
        List<BudgetRule> budgets = new ArrayList<>();
        for (dev.llmload.junit.Budget annotation :
                AnnotationSupport.findRepeatableAnnotations(element, dev.llmload.junit.Budget.class)) {
            String origin = "@Budget on " + (source.equals("method") ? "the method" : source);
            settings.mistakes().collect(origin, false, () -> budgets.add(parse(annotation, source)));
        }
        return budgets;
    }

    private BudgetRule parse(dev.llmload.junit.Budget annotation, String source) {
        if (!(annotation.confidence() >= 0 && annotation.confidence() < 1)) {
            throw new IllegalArgumentException("`confidence` must be at least 0 and below 1, but was "
                    + annotation.confidence() + " on \"" + annotation.value() + "\"");
        }
        String text = Placeholders.resolve(annotation.value(), settings.configuration());
        try {
            return BudgetParser.parse(text, source, Arrays.asList(annotation.at()), annotation.confidence());
        } catch (BudgetSyntaxException e) {
            throw new IllegalArgumentException(e.mistake(), e); // the origin says the rest
        }
    }

    private boolean isReachable(BudgetRule budget, List<Level> declared, List<Level> running) {
        // Levels that are not known yet may be the ones that it names.
        if (budget.at().isEmpty() || running.isEmpty()) {
            return true;
        }
        List<String> declaredNames = declared.stream().map(Level::name).toList();
        List<String> runningNames = running.stream().map(Level::name).toList();
        for (String at : budget.at()) {
            if (!declaredNames.contains(at) && !runningNames.contains(at)) {
                settings.mistakes()
                        .add("budget \"" + budget.text() + "\" (" + budget.source() + ") is at `" + at
                                + "`, which is no level of this test: its levels are "
                                + String.join(
                                        ", ",
                                        declaredNames.stream()
                                                .map(name -> "`" + name + "`")
                                                .toList()));
            }
        }
        return budget.at().stream().anyMatch(runningNames::contains);
    }
}
