package dev.llmload.report.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The same drawing as a PNG of twice its size, for viewers that show no SVG. Batik draws it, an optional dependency: ask
 * {@link #isAvailable()} first. Safe for use by any thread.
 */
public final class ChartPng {
    private ChartPng() {}

    /** Whether Batik's transcoder is on the class path. */
    public static boolean isAvailable() {
        try {
            Class.forName("org.apache.batik.transcoder.image.PNGTranscoder", false, ChartPng.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Writes it.
     *
     * @param file where to
     * @param svg one of our drawings
     * @throws IOException if it cannot be written, or this machine cannot draw it (no fonts, no AWT)
     */
    public static void write(Path file, String svg) throws IOException {
        Files.write(file, BatikDrawing.png(svg));
    }
}
