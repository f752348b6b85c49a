package dev.llmload.junit.run;

import dev.llmload.result.LoadResult;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The last invocation: compares the levels that ran. The test body is skipped. */
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
                        ScalingInvocation.this,
                        new OutcomeWatcher(thrown -> run.ended(run.scalingName(), thrown)));
            }
        };
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        run.requireAnyLevel();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LoadResult.class;
    }

    @Override
    public LoadResult resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return run.lastResult();
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        run.concludeScaling();
    }
}
