package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import dev.llmload.junit.LlmLoad;
import dev.llmload.result.text.CountText;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** The load tests of a test plan, and everything that is wrong with those that will run for sure. */
public final class PlannedTests {
    /**
     * One load test.
     *
     * @param method annotated with {@link LlmLoad}
     * @param testClass the class that runs
     */
    public record Planned(Method method, Class<?> testClass) {
        public String id() {
            return testClass.getName() + "#" + method.getName();
        }

        String endpointName() {
            return new EndpointMembers(method, LoadTestResolver.innermostFirst(testClass)).name();
        }

        /**
         * What it is declared and configured to be, as far as that is known before it runs; a mistake is an
         * ExtensionConfigurationException.
         */
        public LoadTestSpec resolve(Configuration configuration) {
            return LoadTestResolver.resolveEarly(method, testClass, configuration);
        }

        public boolean isDisabled() {
            return AnnotationSupport.isAnnotated(method, Disabled.class)
                    || AnnotationSupport.isAnnotated(testClass, Disabled.class);
        }

        // Whether it will run is not known yet, and checking may download prompts: its own run says what is wrong with
        // it.
        public boolean isConditional() {
            return isConditional(method) || isConditional(testClass);
        }

        private static boolean isConditional(AnnotatedElement element) {
            return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
                    .flatMap(each -> Arrays.stream(each.value()))
                    .anyMatch(type -> ExecutionCondition.class.isAssignableFrom(type) && !UserCode.isOurs(type));
        }
    }

    private final TestPlan plan;
    private final Configuration configuration;
    private final Set<Planned> tests = new LinkedHashSet<>();

    public PlannedTests(TestPlan plan) {
        this.plan = plan;
        this.configuration = Configurations.of(plan.getConfigurationParameters()::get);
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier identifier : plan.getDescendants(root)) {
                loadTest(identifier).ifPresent(tests::add);
            }
        }
    }

    public Configuration configuration() {
        return configuration;
    }

    /** All load tests, each once, in the order of the plan. */
    public List<Planned> all() {
        return List.copyOf(tests);
    }

    /** Those that will run for sure. */
    public List<Planned> certain() {
        return tests.stream()
                .filter(test -> !test.isDisabled() && !test.isConditional())
                .toList();
    }

    /** The load test that an identifier stands for. */
    public static Optional<Planned> loadTest(TestIdentifier identifier) {
        return identifier
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .flatMap(PlannedTests::loadTest);
    }

    /** The load test that a method is. */
    public static Optional<Planned> loadTest(MethodSource source) {
        try {
            Planned found = new Planned(source.getJavaMethod(), source.getJavaClass());
            return AnnotationSupport.isAnnotated(found.method(), LlmLoad.class) ? Optional.of(found) : Optional.empty();
        } catch (RuntimeException e) {
            // Not a method that can be loaded: JUnit reports it, there is nothing to say here.
            return Optional.empty();
        }
    }

    /** Everything that is wrong, a text for each test and a sentence for each unknown key. */
    public List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        for (Planned test : certain()) {
            try {
                test.resolve(configuration);
            } catch (ExtensionConfigurationException e) {
                mistakes.add(String.valueOf(e.getMessage()));
            }
        }
        if (!certain().isEmpty()) {
            // A key of a test that may not run is no misspelt one.
            Set<String> endpoints = tests.stream().map(Planned::endpointName).collect(Collectors.toSet());
            Set<String> keys = new HashSet<>(plan.getConfigurationParameters().keySet());
            keys.addAll(System.getProperties().stringPropertyNames());
            keys.addAll(Configurations.file().keySet());
            for (String mistake : KeyMistakes.find(keys, endpoints)) {
                if (mistakes.stream().noneMatch(known -> known.contains(mistake))) {
                    mistakes.add(mistake);
                }
            }
        }
        return mistakes;
    }

    /** The mistakes as they are printed; empty if there are none. */
    public static String print(List<String> mistakes) {
        if (mistakes.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("[llm-load] " + CountText.of(mistakes.size(), "mistake")
                + " in the load tests of this run; no request is sent for them:\n");
        mistakes.forEach(
                mistake -> text.append(mistake.indent(2).stripTrailing()).append('\n'));
        return text.toString();
    }
}
