package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.metric.check.ClientUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A load test in a JVM of its own, which can be killed. */
public final class ChildJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final Path folder;
    private final Process process;

    private ChildJvm(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** What the child does: it runs the load tests of one class. */
    public static void main(String[] args) throws ClassNotFoundException {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .filters(includeEngines("junit-jupiter"))
                .selectors(selectClass(Class.forName(args[0])))
                .build();
        ClientUnderTest.KEEPS_UP.during(() -> LauncherFactory.create().execute(request));
    }

    /** Starts it; what it leaves behind and its lock file are below the folder. */
    public static ChildJvm start(Class<?> testClass, Path folder, String... keysAndValues) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // starts in half the time
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "-Djava.awt.headless=true",
                "-Dllmload.output=" + folder.resolve("runs"),
                "-Dllmload.load.warmup=2",
                "-Dllmload.load.warmupConcurrency=2"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            command.add("-D" + keysAndValues[i] + "=" + keysAndValues[i + 1]);
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ChildJvm.class.getName(), testClass.getName()));
        return new ChildJvm(
                folder,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("console.txt").toFile())
                        .start());
    }

    public Process process() {
        return process;
    }

    /** Waits until something holds; fails if the child ends before, or if it takes too long. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("ended before there were %s:%n%s", what, console())
                    .isFalse();
            assertThat(System.nanoTime() - start)
                    .as("waited for %s:%n%s", what, console())
                    .isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        }
    }

    /** Waits for its end. */
    public void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** The whole lines of requests.jsonl so far. */
    public List<JsonNode> requests() {
        Path file = folder.resolve("runs/latest/requests.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = read(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(ChildJvm::json)
                .toList();
    }

    /** A JSON file of the run. */
    public JsonNode file(String name) {
        return json(text(name));
    }

    /** A file of the run. */
    public String text(String name) {
        return read(folder.resolve("runs/latest").resolve(name));
    }

    public String console() {
        return read(folder.resolve("console.txt"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
