package dev.llmload.junit;

import dev.llmload.config.Configuration;
import dev.llmload.config.Key;
import java.io.PrintStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * At the start of a test plan, checks every load test in it and prints all mistakes at once, so that nobody waits for
 * the third test's load to hear of a misspelt budget. Each mistake also fails its own test. Found by JUnit through
 * {@code META-INF/services}.
 */
public final class PlanValidator implements TestExecutionListener {
    private final PrintStream console;

    /** For JUnit. */
    public PlanValidator() {
        this(System.err);
    }

    PlanValidator(PrintStream console) {
        this.console = console;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Configuration configuration = Configurations.of(plan.getConfigurationParameters()::get);
        if (configuration.get(Key.ENABLED).filter("false"::equalsIgnoreCase).isPresent()) {
            return;
        }
        Set<Method> methods = new HashSet<>();
        List<String> mistakes = new ArrayList<>();
        Set<String> endpoints = new HashSet<>();
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier identifier : plan.getDescendants(root)) {
                loadTest(identifier)
                        .filter(found -> methods.add(found.method()))
                        .ifPresent(found -> {
                            endpoints.add(found.endpointName());
                            found.check(configuration).ifPresent(mistakes::add);
                        });
            }
        }
        if (methods.isEmpty()) {
            return;
        }
        Set<String> keys = new HashSet<>(plan.getConfigurationParameters().keySet());
        keys.addAll(System.getProperties().stringPropertyNames());
        keys.addAll(Configurations.file().keySet());
        for (String mistake : KeyMistakes.find(keys, endpoints)) {
            if (mistakes.stream().noneMatch(known -> known.contains(mistake))) {
                mistakes.add(mistake);
            }
        }
        if (!mistakes.isEmpty()) {
            console.println("[llm-load] " + mistakes.size() + (mistakes.size() == 1 ? " mistake" : " mistakes")
                    + " in the load tests of this run; no request is sent for them:");
            mistakes.forEach(mistake -> console.println(mistake.indent(2).stripTrailing()));
        }
    }

    private static Optional<Found> loadTest(TestIdentifier identifier) {
        return identifier
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .flatMap(PlanValidator::found);
    }

    private static Optional<Found> found(MethodSource source) {
        try {
            Found found = new Found(source.getJavaMethod(), source.getJavaClass());
            boolean runs = AnnotationSupport.isAnnotated(found.method(), LlmLoad.class)
                    && !AnnotationSupport.isAnnotated(found.method(), Disabled.class)
                    && !AnnotationSupport.isAnnotated(found.testClass(), Disabled.class)
                    && !isConditional(found.method())
                    && !isConditional(found.testClass());
            return runs ? Optional.of(found) : Optional.empty();
        } catch (RuntimeException e) {
            // Not a method that can be loaded: JUnit reports it, this check has nothing to say.
            return Optional.empty();
        }
    }

    // Whether it will run is not known yet, and checking may download prompts: its own run says what is wrong with it.
    private static boolean isConditional(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                .flatMap(each -> Arrays.stream(each.value()))
                .anyMatch(type -> ExecutionCondition.class.isAssignableFrom(type) && type != LlmLoadExtension.class);
    }

    private record Found(Method method, Class<?> testClass) {
        String endpointName() {
            return new EndpointMembers(method, LoadTestResolver.innermostFirst(testClass)).name();
        }

        Optional<String> check(Configuration configuration) {
            try {
                LoadTestResolver.resolve(method, testClass, configuration);
                return Optional.empty();
            } catch (ExtensionConfigurationException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }
}
