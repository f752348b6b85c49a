package dev.llmload.budget.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A baseline: what a release came to, in a file of the user's repository. Immutable; the file is replaced as a whole, so
 * that whatever happens there is the old one or the new one.
 *
 * @param entries by test, then by level
 */
public record BaselineFile(List<BaselineEntry> entries) {
    /** A level of 5 users comes before one of 10. */
    private static final Comparator<BaselineEntry> ORDER = Comparator.comparing(BaselineEntry::test)
            .thenComparingDouble(entry -> leadingNumber(entry.level()))
            .thenComparing(BaselineEntry::level);

    /** Copies the list and puts it in order. */
    public BaselineFile {
        entries = entries.stream().sorted(ORDER).toList();
    }

    /**
     * Reads a file; empty if there is none.
     *
     * @param file its path
     * @throws IllegalArgumentException if it is there but no baseline that this version can read; it is left as it is
     */
    public static BaselineFile read(Path file) {
        try {
            return BaselineJson.parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            return new BaselineFile(List.of());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "baseline " + file.toAbsolutePath() + " cannot be read: "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    /** What it keeps of a level. */
    public Optional<BaselineEntry> entry(String test, String level) {
        return entries.stream().filter(entry -> entry.isOf(test, level)).findFirst();
    }

    /**
     * With another measurement of a level: added to the runs that are there if subject and conditions are the same, else
     * in their place.
     *
     * @param newer the measurement
     */
    public BaselineFile with(BaselineEntry newer) {
        List<BaselineEntry> all = new ArrayList<>(entries);
        all.removeIf(entry -> entry.isOf(newer.test(), newer.level()));
        all.add(entry(newer.test(), newer.level())
                .map(older -> older.followedBy(newer))
                .orElse(newer));
        return new BaselineFile(all);
    }

    /**
     * Replaces the file, whole or not at all: the text is on the disk, under another name, before it takes the place. What
     * a killed writer left beside it goes. The caller sees to it that nobody else writes the file meanwhile.
     *
     * @param file its path; its folder is made if it is missing
     * @throws UncheckedIOException if it cannot be written; the old one is still there
     */
    public void write(Path file) {
        try {
            Path target = file.toAbsolutePath();
            Files.createDirectories(target.getParent());
            removeLeftovers(target);
            Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".tmp");
            try {
                store(fresh);
                move(fresh, target);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the baseline " + file.toAbsolutePath() + " cannot be written, the old one is kept: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void removeLeftovers(Path target) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(target.getFileName() + ".") + "\\d+\\.tmp");
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                target.getParent(),
                file -> name.matcher(file.getFileName().toString()).matches())) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private void store(Path fresh) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(BaselineJson.render(this).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static double leadingNumber(String level) {
        String digits = level.replaceFirst("^(\\d+(?:\\.\\d+)?).*$", "$1");
        return digits.isEmpty() || !Character.isDigit(digits.charAt(0)) ? Double.MAX_VALUE : Double.parseDouble(digits);
    }
}
