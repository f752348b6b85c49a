package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import dev.llmload.junit.LlmLoad;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns annotations and keys into a {@link LoadTestSpec}, or says everything that is wrong with them at once. */
public final class LoadTestResolver {
    private final Settings settings;
    private final LlmLoad load;
    private final Method method;
    private final List<Class<?>> classes;

    private LoadTestResolver(Settings settings, LlmLoad load, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.load = load;
        this.method = method;
        this.classes = classesInnermostFirst;
    }

    /**
     * Resolves one load test that is about to run. Of its endpoint, what is not known yet is no mistake: {@link
     * #endpoint} asks again.
     *
     * @param method annotated with {@link LlmLoad}, directly or not
     * @param testClass the class that runs, which may derive from the method's
     * @param configuration keys and environment
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException listing everything that is wrong
     */
    public static LoadTestSpec resolve(Method method, Class<?> testClass, Configuration configuration) {
        return resolve(method, testClass, configuration, new ConfigurationErrors(displayName(method, testClass)));
    }

    /** The same of a test that was only found: nothing that is not set yet is a mistake. */
    static LoadTestSpec resolveEarly(Method method, Class<?> testClass, Configuration configuration) {
        return resolve(
                method, testClass, configuration, new ConfigurationErrors(displayName(method, testClass)).early());
    }

    private static LoadTestSpec resolve(
            Method method, Class<?> testClass, Configuration configuration, ConfigurationErrors mistakes) {
        LlmLoad load = AnnotationSupport.findAnnotation(method, LlmLoad.class)
                .orElseThrow(() -> new IllegalArgumentException(method + " has no @LlmLoad"));
        LoadTestResolver resolver =
                new LoadTestResolver(new Settings(configuration, mistakes), load, method, innermostFirst(testClass));
        LoadTestSpec test = resolver.resolve(testClass);
        BodyParameters.check(method, mistakes);
        mistakes.throwIfAny();
        return test;
    }

    /**
     * The endpoint of a test whose first invocation is about to begin.
     *
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if it is not known even now
     */
    public static EndpointChoice endpoint(ExtensionContext invocation, Configuration configuration) {
        Method method = invocation.getRequiredTestMethod();
        Class<?> testClass = invocation.getRequiredTestClass();
        ConfigurationErrors mistakes = new ConfigurationErrors(displayName(method, testClass));
        EndpointChoice endpoint = new EndpointResolver(
                        new Settings(configuration, mistakes), method, innermostFirst(testClass))
                .resolve(Optional.of(invocation));
        mistakes.throwIfAny();
        return endpoint;
    }

    static String displayName(Method method, Class<?> testClass) {
        return testClass.getSimpleName() + "." + method.getName();
    }

    public static List<Class<?>> innermostFirst(Class<?> testClass) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            classes.add(type);
        }
        return classes;
    }

    private LoadTestSpec resolve(Class<?> testClass) {
        LoadLevels shape = new LevelsResolver(settings, load, LoadKinds.resolve(settings, load)).resolve();
        LoadTestSpec.Judgement judgement = new JudgementResolver(settings, method, classes).resolve(shape);
        LoadTestSpec.Request request = new RequestResolver(settings, method, classes).resolve();
        return new LoadTestSpec(
                testClass.getName() + "#" + method.getName(),
                displayName(method, testClass),
                new EndpointResolver(settings.early(), method, classes).resolve(Optional.empty()),
                new LoadResolver(settings, load).resolve(shape),
                request,
                new ExpectationsResolver(settings, method, classes).resolve(judgement.budgets(), request.seed()),
                judgement,
                new GpuResolver(settings, method, classes).resolve(testClass.getClassLoader()),
                new JudgementResolver(settings, method, classes).policies(),
                settings.mistakes().unknown());
    }
}
