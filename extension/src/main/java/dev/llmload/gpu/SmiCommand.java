package dev.llmload.gpu;

import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs nvidia-smi as a child process and ends it when it takes too long. */
final class SmiCommand {
    private final String program;
    private final Duration timeout;

    SmiCommand(String program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /**
     * What it said.
     *
     * @param status its exit status
     * @param lines its output and its errors, without blank lines
     */
    record Answer(int status, List<String> lines) {
        /** Of a program that was not run. */
        static final Answer NOTHING = new Answer(0, List.of());

        Answer {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Runs it to its end.
     *
     * @throws TelemetryUnavailableException if there is no such program or it did not end in time; says which
     */
    Answer run(String... arguments) throws TelemetryUnavailableException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new TelemetryUnavailableException(
                    "the program " + program + ", which NVIDIA's driver brings, cannot be run: " + e.getMessage());
        }
        CompletableFuture<Process> end = process.onExit().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        end.whenComplete((ended, late) -> {
            if (late != null) {
                process.destroyForcibly();
            }
        });
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (end.isCompletedExceptionally()) {
                throw new TelemetryUnavailableException(
                        program + " did not answer within " + timeout.toMillis() + " ms and was ended");
            }
            return new Answer(
                    status,
                    text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList());
        } catch (IOException e) {
            throw new TelemetryUnavailableException("cannot read what " + program + " says: " + e.getMessage());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailableException("interrupted while " + program + " ran");
        }
    }
}
