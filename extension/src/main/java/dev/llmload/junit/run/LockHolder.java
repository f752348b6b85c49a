package dev.llmload.junit.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who holds the host's load lock, as one line of the lock file: process, user, since when, and which test. Anybody may read
 * it; the line is one person's word, so it is shown without control characters and cut to a fair length.
 */
final class LockHolder {
    private static final int LONGEST = 300;

    private LockHolder() {}

    /** This process, from now on. */
    static String describe(String test) {
        return test + " of user " + user() + ", process "
                + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Name of this process's user; in a container without one, the number. */
    static String user() {
        String name = System.getProperty("user.name", "?");
        if (!name.isBlank() && !name.equals("?")) {
            return name;
        }
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | RuntimeException e) {
            return "unknown";
        }
    }

    /** Notes the holder in the file; a disk that is full keeps nobody from holding the lock. */
    static void write(FileChannel channel, String holder) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            // Others will wait without knowing for whom.
        }
    }

    /** What the file says; empty if it says nothing, or cannot be read. */
    static Optional<String> read(FileChannel channel) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(4 * LONGEST);
            channel.read(bytes, 0);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            String line = text.lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return line.isEmpty() ? Optional.empty() : Optional.of(line.substring(0, Math.min(LONGEST, line.length())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
