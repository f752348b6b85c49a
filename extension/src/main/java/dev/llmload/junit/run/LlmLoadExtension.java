package dev.llmload.junit.run;

import dev.llmload.config.Configuration;
import dev.llmload.config.Key;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.declared.BodyParameters;
import dev.llmload.junit.declared.Configurations;
import dev.llmload.junit.declared.Deadlines;
import dev.llmload.junit.declared.KeyMistakes;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.Settings;
import dev.llmload.report.TestReport;
import dev.llmload.result.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes one invocation per level of an {@link LlmLoad} method, then one that compares the levels. */
public final class LlmLoadExtension implements TestTemplateInvocationContextProvider, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(LlmLoadExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Configuration configuration = Configurations.of(context::getConfigurationParameter);
        String enabled = configuration.get(Key.ENABLED).orElse(Key.ENABLED.defaultValue());
        try {
            return Settings.flag(enabled)
                    ? ConditionEvaluationResult.enabled("load tests are enabled")
                    : ConditionEvaluationResult.disabled(
                            "load tests are disabled: " + Key.ENABLED.key() + "=" + enabled);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("key `" + Key.ENABLED.key() + "` " + e.getMessage());
        }
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), LlmLoad.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Configuration configuration = Configurations.of(context::getConfigurationParameter);
        Method method = context.getRequiredTestMethod();
        LoadTestSpec test = resolved(context, configuration);
        RunSession session = RunSession.of(context, configuration);
        LoadTestRun run = new LoadTestRun(test, session);
        // In the template's own store: closed when its last invocation is over, whichever of them ran.
        context.getStore(NAMESPACE).put(LoadTestRun.class, run);
        List<Class<?>> classes = LoadTestResolver.innermostFirst(context.getRequiredTestClass());
        Stream<TestTemplateInvocationContext> levels =
                test.load().levels().stream().map(level -> level(run, level, method, classes, context));
        if (!test.load().scaling() && !BodyParameters.runsAtLevels(method)) {
            session.events()
                    .warned("the body of " + test.displayName()
                            + " asks for a SweepResult, which only the last invocation of"
                            + " several levels has: it does not run");
        }
        return test.load().scaling() ? Stream.concat(levels, Stream.of(new ScalingInvocation(run).context())) : levels;
    }

    // A test that is not configured is in the run's files like any other.
    private static LoadTestSpec resolved(ExtensionContext context, Configuration configuration) {
        Method method = context.getRequiredTestMethod();
        Class<?> type = context.getRequiredTestClass();
        try {
            KeyMistakes.refuse(method, type);
            return LoadTestResolver.resolve(method, type, configuration);
        } catch (ExtensionConfigurationException e) {
            record(context, configuration, type.getName() + "#" + method.getName(), e);
            throw e;
        }
    }

    private static void record(
            ExtensionContext context, Configuration configuration, String id, ExtensionConfigurationException mistake) {
        try {
            RunSession.of(context, configuration)
                    .events()
                    .testChanged(TestReport.misconfigured(id, String.valueOf(mistake.getMessage())));
        } catch (RuntimeException e) {
            mistake.addSuppressed(e); // what concerns the run as a whole is wrong as well: there is no folder
        }
    }

    private static TestTemplateInvocationContext level(
            LoadTestRun run, Level level, Method method, List<Class<?>> classes, ExtensionContext context) {
        return new LevelInvocation(run, level, Deadlines.resolve(method, classes, context::getConfigurationParameter))
                .context();
    }
}
