package dev.llmload.junit.declared;

import dev.llmload.result.LoadResult;
import dev.llmload.result.SweepResult;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which results the body of a load test asks for, and so in which invocations it runs: at each level, in the last one that
 * compares them, or in all. Pure functions, safe for any thread.
 */
public final class BodyParameters {
    private BodyParameters() {}

    /** Whether it runs at each level: unless it asks for what only the end has. */
    public static boolean runsAtLevels(Method body) {
        return !asks(body, SweepResult.class);
    }

    /** Whether it runs in the last invocation: if it asks for what that one has. */
    public static boolean runsAtTheEnd(Method body) {
        return asks(body, SweepResult.class) || asksPerhaps(body, SweepResult.class);
    }

    /** Whether a parameter is an {@code Optional} of a type. */
    public static boolean isOptional(Parameter parameter, Class<?> type) {
        return parameter.getParameterizedType() instanceof ParameterizedType generic
                && generic.getRawType() == Optional.class
                && Arrays.equals(generic.getActualTypeArguments(), new Type[] {type});
    }

    static void check(Method body, ConfigurationErrors mistakes) {
        if (asks(body, SweepResult.class) && asks(body, LoadResult.class)) {
            mistakes.add(
                    "the body must ask for a LoadResult, which each level has, or for a SweepResult, which the last"
                            + " invocation has, but asks for both; with Optional<LoadResult> and Optional<SweepResult> it runs in all");
        }
    }

    private static boolean asks(Method body, Class<?> type) {
        return Arrays.asList(body.getParameterTypes()).contains(type);
    }

    private static boolean asksPerhaps(Method body, Class<?> type) {
        return Arrays.stream(body.getParameters()).anyMatch(parameter -> isOptional(parameter, type));
    }
}
