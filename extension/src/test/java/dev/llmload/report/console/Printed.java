package dev.llmload.report.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A printer, and what it printed: a log with all characters of Unicode. */
public final class Printed {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ProgressPrinter printer = new ProgressPrinter(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), Terminal.log(Glyphs.UNICODE), System::nanoTime);

    public ProgressPrinter printer() {
        return printer;
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
