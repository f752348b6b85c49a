package dev.llmload.report.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The history of a project's runs: JSON Lines that only grow. A line is written as a whole under a file lock, so that runs
 * beside each other do not mix theirs; what a killed run left half-written is passed over. Stateless but for its path; safe
 * for use by any thread and process.
 */
public final class HistoryFile {
    private static final Object THIS_JVM = new Object();

    private final Path path;

    /**
     * Of a path; nothing is read or written yet.
     *
     * @param path need not exist
     */
    public HistoryFile(Path path) {
        this.path = path;
    }

    /**
     * What a file says of one test.
     *
     * @param entries in the order of the file
     * @param unreadable how many lines of the file could not be read
     */
    public record Read(List<HistoryEntry> entries, int unreadable) {
        /** Copies the list. */
        public Read {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Adds a line.
     *
     * @param entry what one level came to
     * @throws IOException if it cannot be written
     */
    public void append(HistoryEntry entry) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // A file lock keeps processes apart, not the threads of one.
        synchronized (THIS_JVM) {
            try (FileChannel file = FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                assert lock.isValid(); // until the whole line is written
                String start = endsWithALine(file) ? "" : "\n";
                ByteBuffer line = StandardCharsets.UTF_8.encode(start + entry.json() + "\n");
                file.position(file.size());
                while (line.hasRemaining()) {
                    file.write(line);
                }
            }
        }
    }

    // A run that was killed may have left half a line: ours must not become its other half.
    private static boolean endsWithALine(FileChannel file) throws IOException {
        if (file.size() == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        file.read(last, file.size() - 1);
        return last.get(0) == '\n';
    }

    /**
     * What it says of one test.
     *
     * @param test id of the test
     * @param simulated whether runs against the simulator are wanted, or those against servers
     * @return nothing if there is no file
     * @throws IOException if it cannot be read
     */
    public Read read(String test, boolean simulated) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        int unreadable = 0;
        if (Files.exists(path)) {
            // A reader that replaces what is no UTF-8: half a line may end in half a character.
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    try {
                        if (!line.isBlank()) {
                            HistoryEntry entry = HistoryEntry.of(Json.MAPPER.readTree(line));
                            if (entry.test().equals(test) && entry.simulated() == simulated) {
                                entries.add(entry);
                            }
                        }
                    } catch (JsonProcessingException | IllegalArgumentException e) {
                        unreadable++;
                    }
                }
            }
        }
        return new Read(entries, unreadable);
    }
}
