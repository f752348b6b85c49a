package dev.llmload.junit.run;

import dev.llmload.junit.declared.BodyParameters;
import dev.llmload.junit.declared.Configurations;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.SweepResult;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * One level: offers the load before the test method, hands its result in, judges after it. Both happen while the Allure
 * test case is open.
 */
final class LevelInvocation
        implements BeforeTestExecutionCallback, AfterTestExecutionCallback, ParameterResolver, InvocationInterceptor {
    private final LoadTestRun run;
    private final Level level;
    private final Optional<Duration> deadline;

    LevelInvocation(LoadTestRun run, Level level, Optional<Duration> deadline) {
        this.run = run;
        this.level = level;
        this.deadline = deadline;
    }

    TestTemplateInvocationContext context() {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int invocationIndex) {
                return level.name();
            }

            @Override
            public List<Extension> getAdditionalExtensions() {
                return List.of(LevelInvocation.this, new OutcomeWatcher(thrown -> run.ended(level.name(), thrown)));
            }
        };
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        run.locate(() -> LoadTestResolver.endpoint(context, Configurations.of(context::getConfigurationParameter)));
        run.measure(level, deadline);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        run.conclude(level, context.getExecutionException());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        // a body that asks for the whole sweep is not run here, yet its parameters are resolved
        boolean ofBody = parameter
                .getDeclaringExecutable()
                .equals(context.getTestMethod().orElse(null));
        return type == LoadResult.class
                || type == SweepResult.class && ofBody
                || BodyParameters.isOptional(parameter.getParameter(), LoadResult.class)
                || BodyParameters.isOptional(parameter.getParameter(), SweepResult.class);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == SweepResult.class) {
            return null;
        }
        if (BodyParameters.isOptional(parameter.getParameter(), SweepResult.class)) {
            return Optional.empty();
        }
        return type == LoadResult.class ? result() : Optional.of(result());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (BodyParameters.runsAtLevels(method.getExecutable())) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }

    private LoadResult result() {
        return run.result(level)
                .orElseThrow(() -> new ParameterResolutionException("the LoadResult of " + level.name()
                        + " exists only once the load has run, which is after @BeforeEach: take it as a parameter of "
                        + "the test method or of @AfterEach"));
    }
}
