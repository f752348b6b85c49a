package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineFile;
import dev.llmload.budget.baseline.BaselineJson;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Circumstances;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM that extends a baseline over and over is killed, at an instant by chance and by a seed. As a program:
 * {@code KilledWriter <rounds> <seed>}; it ends with 1 and says why if the file was ever a part of one.
 */
final class KilledWriter {
    private static final int MOST_LINES = 8;
    private static final long MOST_NANOS = 5_000_000;
    /** Big enough that a good part of an update is spent in writing it: tens of kB. */
    private static final int LEVELS = 12;

    private static final double FIRST = 1000;

    private KilledWriter() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("killed-writer");
        int updates = killOverAndOver(folder.resolve("chat.json"), Integer.parseInt(args[0]), Long.parseLong(args[1]));
        System.out.println(args[0] + " writers killed, " + updates + " updates: each file was whole");
    }

    /** What the child does: updates without end, each said once it is done. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            Path file = Path.of(args[0]);
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            BaselineFile version = BaselineFile.read(file);
            for (int number = numberOf(version) + 1; ; number++) {
                version = version.with(update(number));
                version.write(file);
                out.write((number + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static BaselineEntry entry(String level, double throughput) {
        return new BaselineEntry(
                "com.acme.ChatTest#chat",
                level,
                new Circumstances(Map.of("release", "r1"), Map.of("window", "steady")),
                List.of(BaselineRun.of(
                        latency(TTFT, upTo(100, 299))
                                .value(THROUGHPUT, throughput)
                                .result(),
                        "2026-11-26T10:00:00Z")));
    }

    static BaselineEntry update(int number) {
        return entry("1 user", FIRST + number);
    }

    private static int numberOf(BaselineFile file) {
        List<BaselineRun> runs = file.entries().get(0).runs();
        return (int) (runs.get(runs.size() - 1).values().get(THROUGHPUT) - FIRST);
    }

    private static BaselineFile begun() {
        List<BaselineEntry> entries = new ArrayList<>(List.of(update(0)));
        for (int users = 2; users <= LEVELS; users++) {
            entries.add(entry(users + " users", FIRST));
        }
        return new BaselineFile(entries);
    }

    /** The text after so many updates. */
    static String version(int updates) {
        int oldest = Math.max(0, updates - BaselineEntry.MOST_RUNS + 1);
        List<BaselineEntry> entries = new ArrayList<>(begun().entries());
        entries.set(0, update(oldest));
        BaselineFile file = new BaselineFile(entries);
        for (int number = oldest + 1; number <= updates; number++) {
            file = file.with(update(number));
        }
        return BaselineJson.render(file);
    }

    /** Lets a JVM write until it has said so many lines and a moment longer, and kills it: the last update that it said, or none. */
    private static int killed(Path file, int lines, long laterNanos) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String last = said.readLine();
            for (int i = 1; i < lines && last != null; i++) {
                last = said.readLine();
            }
            assertThat(last).as("the writer ended by itself").isNotNull();
            // Not only in what comes right after a line.
            LockSupport.parkNanos(laterNanos);
            // Process.destroyForcibly would close the pipe, and with it what was said and not read yet.
            process.toHandle().destroyForcibly();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = line;
            }
            process.waitFor();
            return Integer.parseInt(last);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a baseline and kills so many writers of it; the number of updates in the file that is left. */
    static int killOverAndOver(Path file, int rounds, long seed) throws IOException, InterruptedException {
        begun().write(file);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            int said = killed(file, 1 + random.nextInt(MOST_LINES), random.nextLong(MOST_NANOS));

            String left = Files.readString(file);
            assertThat(numberOf(BaselineFile.read(file))).as("round %d", round).isBetween(said, said + 1);
            assertThat(left).as("round %d", round).isIn(version(said), version(said + 1));
        }
        return numberOf(BaselineFile.read(file));
    }
}
