package dev.llmload.junit.declared;

import java.lang.management.ManagementFactory;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What JUnit's {@code @Timeout} says for a load test, taken as the deadline of each level: JUnit's own time-out covers
 * the test method, and the load runs before it. Nearest first: method, class, enclosing classes, then the configured
 * defaults ({@code junit.jupiter.execution.timeout.testtemplate.method.default} and the wider ones).
 */
public final class Deadlines {
    private static final String PREFIX = "junit.jupiter.execution.timeout.";
    private static final List<String> DEFAULTS =
            List.of("testtemplate.method.default", "testable.method.default", "default");
    private static final Pattern FORM = Pattern.compile("([1-9]\\d*) ?(ns|μs|ms|s|m|h|d)?", Pattern.CASE_INSENSITIVE);

    private Deadlines() {}

    public static Optional<Duration> resolve(
            AnnotatedElement method, List<Class<?>> innermostFirst, Function<String, Optional<String>> parameters) {
        if (disabled(parameters)) {
            return Optional.empty();
        }
        Optional<Duration> annotated = annotated(method);
        for (Class<?> type : innermostFirst) {
            annotated = annotated.or(() -> annotated(type));
        }
        for (String name : DEFAULTS) {
            annotated = annotated.or(() -> parameters.apply(PREFIX + name).flatMap(Deadlines::parse));
        }
        return annotated;
    }

    private static Optional<Duration> annotated(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Timeout.class)
                .map(timeout -> Duration.of(timeout.value(), timeout.unit().toChronoUnit()));
    }

    // JUnit itself fails on a malformed value, with its own message.
    private static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2).toLowerCase(Locale.ROOT);
        TimeUnit timeUnit = switch (unit) {
            case "ns" -> TimeUnit.NANOSECONDS;
            case "μs" -> TimeUnit.MICROSECONDS;
            case "ms" -> TimeUnit.MILLISECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            case "d" -> TimeUnit.DAYS;
            default -> TimeUnit.SECONDS;
        };
        return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), timeUnit.toChronoUnit()));
    }

    private static boolean disabled(Function<String, Optional<String>> parameters) {
        String mode = parameters.apply(PREFIX + "mode").orElse("enabled").toLowerCase(Locale.ROOT);
        return mode.equals("disabled") || mode.equals("disabled_on_debug") && debugging();
    }

    private static boolean debugging() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp")
                        || argument.startsWith("-Xrunjdwp")
                        || Arrays.asList("-Xdebug").contains(argument));
    }
}
