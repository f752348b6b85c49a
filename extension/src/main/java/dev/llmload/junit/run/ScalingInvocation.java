package dev.llmload.junit.run;

import dev.llmload.junit.declared.BodyParameters;
import dev.llmload.result.LoadResult;
import dev.llmload.result.SweepResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
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

/** The last invocation: compares the levels that ran. The body runs if it asks for a {@link SweepResult}. */
final class ScalingInvocation
        implements BeforeTestExecutionCallback, AfterTestExecutionCallback, ParameterResolver, InvocationInterceptor {
    private final LoadTestRun run;

    ScalingInvocation(LoadTestRun run) {
        this.run = run;
    }

    TestTemplateInvocationContext context() {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int invocationIndex) {
                return run.scalingName();
            }

            @Override
            public List<Extension> getAdditionalExtensions() {
                return List.of(
                        ScalingInvocation.this, new OutcomeWatcher(thrown -> run.ended(run.scalingName(), thrown)));
            }
        };
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        run.compare();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LoadResult.class
                || type == SweepResult.class
                || BodyParameters.isOptional(parameter.getParameter(), LoadResult.class)
                || BodyParameters.isOptional(parameter.getParameter(), SweepResult.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == LoadResult.class) {
            return run.lastResult();
        }
        SweepResult sweep = run.sweep()
                .orElseThrow(() -> new ParameterResolutionException(
                        "the SweepResult exists only once the levels are over, which is after @BeforeEach: take it as a"
                                + " parameter of the test method or of @AfterEach"));
        return type == SweepResult.class
                ? sweep
                : BodyParameters.isOptional(parameter.getParameter(), SweepResult.class)
                        ? Optional.of(sweep)
                        : Optional.empty();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (BodyParameters.runsAtTheEnd(method.getExecutable())) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        run.concludeScaling();
    }
}
