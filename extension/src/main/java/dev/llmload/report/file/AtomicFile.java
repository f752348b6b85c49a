package dev.llmload.report.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: beside its place first, then moved there. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a text in UTF-8.
     *
     * @param file replaced if it exists
     * @param text all of it
     * @throws IOException if it cannot be written; the file is then as before, and nothing is left beside it
     */
    public static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(fresh, text);
            move(fresh, file);
        } catch (IOException | RuntimeException | Error e) {
            discard(fresh);
            throw e;
        }
    }

    private static void move(Path fresh, Path file) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            // What kept it from being written is what counts.
        }
    }
}
