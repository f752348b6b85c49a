package dev.llmload.samples.plugged;

import dev.llmload.spi.LevelEnded;
import dev.llmload.spi.RunEnded;
import dev.llmload.spi.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes a line per level to a file of its own; a message to a chat or a row of a database has the same shape. */
public class LevelLog implements RunListener {
    @Override
    public void levelEnded(LevelEnded event) {
        String ttft = event.result()
                .filter(result -> result.ttft().isPresent())
                .map(result -> String.format(
                        Locale.ROOT, "%.1f ms", result.ttft().p95().toNanos() / 1e6))
                .orElse("-");
        append(event.test() + " @ " + event.level().name() + ": " + event.status() + ", ttft p95 " + ttft
                + (event.causes().isEmpty()
                        ? ""
                        : ", because of " + event.causes().get(0)));
    }

    @Override
    public void runEnded(RunEnded event) {
        append("run ended: " + event.status());
    }

    // What is thrown here is a warning of the run and changes nothing of it.
    private void append(String line) {
        // A listener is made before the first test of the run; what a test class sets is known only now.
        String file = System.getProperty("level-log", "");
        if (!file.isEmpty()) {
            try {
                Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
