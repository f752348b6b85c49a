package dev.llmload.junit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Held while a load test runs, so that no other JVM of this host loads at the same time: two load tests beside each
 * other measure each other. (Within this JVM the global resource lock of {@link LlmLoad} does the same; the semaphore
 * serves launchers that ignore it.)
 */
final class LoadLock implements AutoCloseable {
    private static final Semaphore THIS_JVM = new Semaphore(1);
    private static final Duration REMIND = Duration.ofSeconds(30);

    private final FileChannel channel;

    private LoadLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock, with a message. */
    static LoadLock acquire(Path file, PrintStream messages) {
        THIS_JVM.acquireUninterruptibly();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(channel, file, messages);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return new LoadLock(channel);
        } catch (IOException e) {
            THIS_JVM.release();
            throw new IllegalStateException(
                    "the lock file " + file + " that keeps load tests of this host apart cannot " + "be used: "
                            + e.getMessage() + "; make it writable or move it with -Djava.io.tmpdir=…",
                    e);
        } catch (RuntimeException e) {
            THIS_JVM.release();
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file, PrintStream messages) throws IOException {
        long waited = 0;
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return;
            }
            if (waited % REMIND.toMillis() == 0) {
                messages.println("[llm-load] waiting for another load test on this host to finish (lock " + file + ")");
            }
            waited += 250;
            try {
                TimeUnit.MILLISECONDS.sleep(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for another load test on this host", e);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is gone with the channel either way.
        } finally {
            THIS_JVM.release();
        }
    }
}
