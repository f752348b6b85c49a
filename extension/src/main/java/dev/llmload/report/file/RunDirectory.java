package dev.llmload.report.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder of one run: {@code <base>/2026-11-22T05-31-07Z/}. A second run that starts in the same second gets
 * {@code …Z-2}. {@code <base>/latest} points at the newest: a symbolic link, or where the file system has none a text
 * file that holds the folder's name. Immutable.
 */
public final class RunDirectory {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder, its {@code charts} folder and the pointer to it.
     *
     * @param base where runs are kept; created if need be
     * @param now start of the run
     * @throws IOException if the folder cannot be created; the pointer is a convenience and never fails a run
     */
    public static RunDirectory create(Path base, Instant now) throws IOException {
        Path absolute = base.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        String name = NAME.format(now);
        Path made = claim(absolute, name);
        Files.createDirectory(made.resolve("charts"));
        pointAt(absolute.resolve("latest"), made.getFileName());
        return new RunDirectory(made);
    }

    /** The folder, absolute. */
    public Path path() {
        return path;
    }

    /** The folder's charts. */
    public Path charts() {
        return path.resolve("charts");
    }

    private static Path claim(Path base, String name) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(base.resolve(i == 1 ? name : name + "-" + i));
            } catch (FileAlreadyExistsException taken) {
                if (i == 1000) {
                    throw taken;
                }
            }
        }
    }

    private static void pointAt(Path latest, Path target) throws IOException {
        if (Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS)) {
            return; // someone's own folder
        }
        Path fresh = latest.resolveSibling("latest." + target + ".tmp");
        try {
            Files.createSymbolicLink(fresh, target);
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.writeString(fresh, target + "\n");
        }
        Files.move(fresh, latest, StandardCopyOption.REPLACE_EXISTING);
    }
}
