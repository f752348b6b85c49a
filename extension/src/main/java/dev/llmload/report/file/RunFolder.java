package dev.llmload.report.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a run. A file that cannot be written (a full or read-only disk) stops nothing and takes no other file with it:
 * {@link #missing} says which files are not there, or not complete, and why. Thread-safe.
 */
public final class RunFolder {
    private final Path path;
    private final Map<String, String> missing = new LinkedHashMap<>();

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes it; where that is not possible, none, and {@link #missing} says why.
     *
     * @param folder of all runs
     * @param started when this one began
     * @throws IllegalStateException if there is a file in the way
     */
    public static RunFolder create(Path folder, Instant started) {
        Path base = folder.toAbsolutePath().normalize();
        if (Files.exists(base) && !Files.isDirectory(base)) {
            throw new IllegalStateException(
                    "the run's folder cannot be made below " + base + " (key llmload.output): that is a file");
        }
        try {
            return new RunFolder(RunDirectory.create(base, started).path());
        } catch (IOException e) {
            RunFolder none = new RunFolder(base.resolve("not-written"));
            none.missing.put("the run's folder below " + base + " (key llmload.output)", FileFailures.reason(e));
            return none;
        }
    }

    /** Where the files are; where they could not be made, a folder that is not there. */
    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    /** What is not written, or not whole, and why: {@code results.json: No space left on device}. */
    public synchronized List<String> missing() {
        return missing.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** Writes a file. */
    public interface Write {
        /**
         * Writes it.
         *
         * @throws IOException if it cannot be written
         */
        void run() throws IOException;
    }

    /**
     * Writes a file, one at a time; nothing where the folder could not be made, which was said then. What is written later, or
     * again, is no longer missing.
     *
     * @param name of the file, below the folder
     */
    public synchronized void write(String name, Write write) {
        if (!exists()) {
            return;
        }
        try {
            write.run();
            missing.remove(name);
        } catch (IOException | RuntimeException e) {
            missing.put(name, FileFailures.reason(e));
        }
    }

    /** Notes a file of which a part was lost. */
    synchronized void incomplete(String name, IOException failure) {
        missing.put(name, "not complete, " + FileFailures.reason(failure));
    }
}
