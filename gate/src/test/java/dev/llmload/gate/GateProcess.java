package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line in a JVM of its own, with an environment of its own; everything it leaves behind is in one folder. */
final class GateProcess {
    /** A process that has not ended by then hangs, however busy the machine is. */
    static final long PATIENCE_SECONDS = 400;

    private final Path folder;
    private final int code;

    private GateProcess(Path folder, int code) {
        this.folder = folder;
        this.code = code;
    }

    /** Runs it to its end, in a GitHub workflow as far as it can tell. */
    static GateProcess run(Path folder, Map<String, String> environment, List<String> system, String... arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("tmp"));
        List<String> command = java();
        command.addAll(system);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Djava.awt.headless=true",
                "-Dstdout.encoding=UTF-8",
                "-Dallure.results.directory=" + folder.resolve("allure-results"),
                "-Dllmload.report.history=" + folder.resolve("history.jsonl"),
                "-cp",
                System.getProperty("java.class.path"),
                GateOnASteadyClient.class.getName(),
                "--output",
                folder.resolve("runs").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.txt").toFile());
        builder.environment().put("GITHUB_ACTIONS", "true");
        builder.environment().put("NO_COLOR", "1"); // its own colours are controls, too
        builder.environment()
                .put("GITHUB_STEP_SUMMARY", folder.resolve("step.md").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            return new GateProcess(folder, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The JVM of a gate: with the first compiler alone it starts in half the time. */
    static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    }

    int code() {
        return code;
    }

    String console() throws IOException {
        return Files.readString(folder.resolve("console.txt"));
    }

    /** Every file with text in it, by its path: the run, the gate's reports, Allure's results, the history, what was printed. */
    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().endsWith(".png")) {
                    texts.put(
                            folder.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
