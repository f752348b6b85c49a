package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.metric.check.ClientUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * Runs load tests against a small simulator and reads what came of them. Whether this machine was quick enough is not left to
 * chance: the client keeps up, or is too slow, as the test says. Everything else is as users have it.
 */
public final class LoadTestKit {
    /**
     * Answers in a few milliseconds, with too few tokens for the check that the stream is one: a busy machine reads several
     * of them at once, as if a proxy had buffered them.
     */
    public static final String QUICK = "simulator:fast?ttft=4ms&tpot=1ms&tokens=5..8";

    private LoadTestKit() {}

    /** Runs a class with keys and values in turn; a later key wins. */
    public static Ran run(Class<?> testClass, Path output, String... keysAndValues) {
        return run(List.of(selectClass(testClass)), output, keysAndValues);
    }

    /** The same on a machine that is too slow, whatever it is in truth. */
    public static Ran runOnATooSlowClient(Class<?> testClass, Path output, String... keysAndValues) {
        return run(ClientUnderTest.TOO_SLOW, List.of(selectClass(testClass)), output, keysAndValues);
    }

    public static Ran run(List<? extends DiscoverySelector> selectors, Path output, String... keysAndValues) {
        return run(ClientUnderTest.KEEPS_UP, selectors, output, keysAndValues);
    }

    private static Ran run(
            ClientUnderTest client, List<? extends DiscoverySelector> selectors, Path output, String... keysAndValues) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter")
                .selectors(selectors.toArray(DiscoverySelector[]::new))
                .configurationParameter("llmload.url", QUICK)
                .configurationParameter("llmload.output", output.toString())
                .configurationParameter("llmload.load.warmup", "2")
                .configurationParameter("llmload.load.warmupConcurrency", "2")
                .configurationParameter("llmload.notMeasured", "warn")
                .configurationParameter("llmload.inconclusive", "fail")
                .configurationParameter("llmload.calibrate", "false")
                .configurationParameter("llmload.report.charts", "false");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.configurationParameter(keysAndValues[i], keysAndValues[i + 1]);
        }
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            EngineExecutionResults results = client.during(builder::execute);
            return new Ran(results, printed.toString(StandardCharsets.UTF_8), output);
        } finally {
            System.setOut(before);
        }
    }

    /** What a run came to. */
    public record Ran(EngineExecutionResults results, String printed, Path output) {
        /** Display name and status of each invocation, in order: {@code "10 users SUCCESSFUL"}. */
        public List<String> invocations() {
            return results.testEvents().finished().stream()
                    .map(event -> event.getTestDescriptor().getDisplayName() + " "
                            + event.getRequiredPayload(TestExecutionResult.class)
                                    .getStatus())
                    .toList();
        }

        /** What the invocation threw. */
        public Throwable failureOf(String displayName) {
            return results.testEvents().finished().stream()
                    .filter(event -> event.getTestDescriptor().getDisplayName().equals(displayName))
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                    .flatMap(result -> result.getThrowable().stream())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(displayName + " did not fail: " + invocations()));
        }

        /** What a container (the load test as a whole) threw. */
        public Throwable containerFailure() {
            return results.containerEvents().stream()
                    .filter(event -> event.getType() == EventType.FINISHED)
                    .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                    .flatMap(result -> result.getThrowable().stream())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no container failed"));
        }

        List<String> skippedReasons() {
            return results.allEvents().skipped().stream()
                    .map(Event::getPayload)
                    .flatMap(payload -> payload.stream().map(String::valueOf))
                    .toList();
        }

        /** The only run folder. */
        Path folder() {
            try (Stream<Path> children = Files.list(output)) {
                List<Path> folders = children.filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path))
                        .toList();
                assertThat(folders).hasSize(1);
                return folders.get(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String file(String name) {
            try {
                return Files.readString(folder().resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
