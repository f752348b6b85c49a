package dev.llmload.junit.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * The file behind the host's load lock. Every user of the host may write it, whoever made it. Where it cannot be opened
 * nevertheless, a file of this user's own takes its place, and that is said.
 */
final class LockFile {
    private static final int ATTEMPTS = 5;

    private LockFile() {}

    /**
     * Opens it for reading and writing.
     *
     * @param file made if it is not there
     * @param warn told if this user's own file takes its place
     * @throws IOException if neither can be opened
     */
    static FileChannel open(Path file, Consumer<String> warn) throws IOException {
        try {
            return shared(file);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            Path own = file.resolveSibling(file.getFileName() + "." + user());
            FileChannel channel = shared(own);
            warn.accept("the lock file " + file + " that keeps load tests of this host apart cannot be used ("
                    + reason(e) + "), so " + own + " is: load tests of other users may run beside this one; "
                    + "`chmod 666 " + file + "` by its owner mends that");
            return channel;
        }
    }

    // Without CREATE: Linux refuses that for another user's file in a folder like /tmp (fs.protected_regular).
    private static FileChannel shared(Path file) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException absent) {
                if (i == ATTEMPTS) {
                    throw absent;
                }
                create(file);
            }
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return; // somebody else just has
        }
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException | UnsupportedOperationException e) {
            // Not a POSIX file system: its own rules hold.
        }
    }

    private static String user() {
        return LockHolder.user().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
    }
}
