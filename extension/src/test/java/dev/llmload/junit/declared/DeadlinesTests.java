package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JUnit's own time-out does not cover the load, which runs before the method: what it says is the level's deadline. */
class DeadlinesTests {
    private static final String PREFIX = "junit.jupiter.execution.timeout.";
    private final Map<String, String> parameters = new HashMap<>();

    private Optional<Duration> deadlineOf(Class<?> testClass) {
        try {
            return Deadlines.resolve(
                    testClass.getDeclaredMethod("load"),
                    LoadTestResolver.innermostFirst(testClass),
                    key -> Optional.ofNullable(parameters.get(key)));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theMethodsWinsOverItsClasss() {
        assertThat(deadlineOf(OnBoth.class)).contains(Duration.ofMillis(1500));
    }

    @Test
    void theClasssHoldsForItsMethods_andThoseOfNestedClasses() {
        assertThat(deadlineOf(OnClass.class)).contains(Duration.ofMinutes(2));
        assertThat(deadlineOf(OnClass.Inner.class)).contains(Duration.ofMinutes(2));
    }

    @Test
    void theConfiguredDefaultsFollow_nearestFirst() {
        assertThat(deadlineOf(Plain.class)).isEmpty();
        parameters.put(PREFIX + "default", "90");
        assertThat(deadlineOf(Plain.class)).contains(Duration.ofSeconds(90));
        parameters.put(PREFIX + "testable.method.default", "5 m");
        assertThat(deadlineOf(Plain.class)).contains(Duration.ofMinutes(5));
        parameters.put(PREFIX + "testtemplate.method.default", "750ms");
        assertThat(deadlineOf(Plain.class)).contains(Duration.ofMillis(750));
        assertThat(deadlineOf(OnBoth.class)).contains(Duration.ofMillis(1500));
    }

    @Test
    void timeoutsThatAreSwitchedOff_areNoDeadline() {
        parameters.put(PREFIX + "mode", "disabled");
        assertThat(deadlineOf(OnBoth.class)).isEmpty();
    }

    static class Plain {
        void load() {}
    }

    @Timeout(9)
    static class OnBoth {
        @Timeout(value = 1500, unit = TimeUnit.MILLISECONDS)
        void load() {}
    }

    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    static class OnClass {
        void load() {}

        class Inner {
            void load() {}
        }
    }
}
