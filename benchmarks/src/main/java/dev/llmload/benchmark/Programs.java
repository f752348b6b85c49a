package dev.llmload.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two C programs, as {@code benchmarks/run} compiled them. */
final class Programs {
    private static final String FOLDER = System.getProperty("benchmark.programs", "benchmarks/target");

    private Programs() {}

    /** Starts one, on a core of its own if that is not negative, at a real-time priority if that is positive. */
    static Process start(String name, int core, int priority, boolean output, String... args) {
        List<String> command = new ArrayList<>();
        if (priority > 0) {
            command.addAll(List.of("chrt", "-f", Integer.toString(priority)));
        }
        if (core >= 0) {
            command.addAll(List.of("taskset", "-c", Integer.toString(core)));
        }
        command.add(FOLDER + "/" + name);
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return (output ? builder : builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)).start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command + "; start this by benchmarks/run", e);
        }
    }

    /** Runs the C client to its end and returns its figures by name; times are in microseconds. */
    static Map<String, Double> client(
            TimingServer server, int core, int streams, int warmUpSeconds, int seconds, boolean lag, String plan) {
        Process process = start(
                "sse-client",
                core,
                0,
                true,
                Integer.toString(server.port()),
                Integer.toString(streams),
                Integer.toString(warmUpSeconds),
                Integer.toString(seconds),
                lag ? "1" : "0",
                plan);
        try {
            String line = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0 || !line.startsWith("RESULT ")) {
                throw new IllegalStateException("sse-client failed: " + line);
            }
            return figures(line);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what sse-client says", e);
        } catch (InterruptedException e) {
            process.destroy();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<String, Double> figures(String line) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0 && !word.startsWith("client=")) {
                figures.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
            }
        }
        return figures;
    }
}
