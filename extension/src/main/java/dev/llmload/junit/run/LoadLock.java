package dev.llmload.junit.run;

import dev.llmload.junit.LlmLoad;
import dev.llmload.result.text.DurationText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Held while a load test runs, so that no other JVM of this host loads at the same time: two load tests beside each
 * other measure each other. (Within this JVM the global resource lock of {@link LlmLoad} does the same; the semaphore
 * serves launchers that ignore it.) The wait for it has an end, and ends at an interrupt.
 */
final class LoadLock implements AutoCloseable {
    private static final Semaphore THIS_JVM = new Semaphore(1);
    private static final long REMIND_MILLIS = 30_000;
    private static final long STEP_MILLIS = 250;

    /** One byte far behind the text: a locked part cannot be read on Windows. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    private static volatile String holderHere = "";

    private final FileChannel channel;
    private final Duration waited;

    private LoadLock(FileChannel channel, Duration waited) {
        this.channel = channel;
        this.waited = waited;
    }

    /**
     * How long to wait, and who for.
     *
     * @param longest not longer than this
     * @param source where that is declared, for the message: {@code key llmload.load.lockWait}
     */
    record Patience(Duration longest, String source) {
        /** The shorter of two. */
        Patience or(Optional<Duration> other, String otherSource) {
            return other.filter(limit -> limit.compareTo(longest) < 0)
                    .map(limit -> new Patience(limit, otherSource))
                    .orElse(this);
        }
    }

    /**
     * Waits for the lock, with a message that says for whom.
     *
     * @param file the host's lock file
     * @param test that will hold it, for the messages of others
     * @param patience how long to wait
     * @param say told what is waited for
     * @throws HostBusyException if it is not free in time, or the wait is interrupted
     * @throws IllegalStateException if the file cannot be used
     */
    static LoadLock acquire(Path file, String test, Patience patience, Consumer<String> say) {
        long start = System.nanoTime();
        Waiting waiting = new Waiting(patience, start, say);
        waiting.until(() -> THIS_JVM.tryAcquire(), () -> Optional.of(holderHere), "this JVM");
        boolean held = false;
        try {
            FileChannel channel = LockFile.open(file, say);
            try {
                waiting.until(() -> tryLock(channel), () -> LockHolder.read(channel), "lock " + file);
                holderHere = LockHolder.describe(test);
                LockHolder.write(channel, holderHere);
                held = true;
                return new LoadLock(channel, Duration.ofNanos(System.nanoTime() - start));
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the lock file " + file + " that keeps load tests of this host apart cannot be used: "
                            + e.getMessage() + "; make it writable or move it with -Djava.io.tmpdir=…",
                    e);
        } finally {
            if (!held) {
                THIS_JVM.release();
            }
        }
    }

    /** How long it took to get it. */
    Duration waited() {
        return waited;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(PLACE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another class loader of this JVM
        }
    }

    @Override
    public void close() {
        holderHere = "";
        try {
            channel.truncate(0);
        } catch (IOException e) {
            // The next holder writes over it.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The lock is gone with the channel either way.
        } finally {
            THIS_JVM.release();
        }
    }

    private interface Attempt {
        boolean succeeds() throws IOException;
    }

    private interface Holder {
        Optional<String> name();
    }

    /** One wait, over all that must be waited for. */
    private record Waiting(Patience patience, long start, Consumer<String> say) {
        void until(Attempt attempt, Holder holder, String where) {
            long said = -REMIND_MILLIS;
            while (true) {
                if (succeeds(attempt, where)) {
                    return;
                }
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                long left = patience.longest().toMillis() - waited;
                if (left <= 0) {
                    throw new HostBusyException("no load is offered: another load test on this host did not end within "
                            + DurationText.of(patience.longest()) + " (" + patience.source() + "): "
                            + who(holder, where) + "; let it end or stop it, or allow a longer wait");
                }
                if (waited - said >= REMIND_MILLIS) {
                    said = waited;
                    say.accept("waiting for another load test on this host to finish: " + who(holder, where)
                            + "; at most " + DurationText.of(patience.longest()) + " (" + patience.source() + ")");
                }
                pause(Math.min(left, STEP_MILLIS), holder, where);
            }
        }

        private static boolean succeeds(Attempt attempt, String where) {
            try {
                return attempt.succeeds();
            } catch (IOException e) {
                throw new IllegalStateException(
                        where + " that keeps load tests of this host apart cannot be used: " + e.getMessage(), e);
            }
        }

        private static String who(Holder holder, String where) {
            return holder.name()
                    .filter(name -> !name.isEmpty())
                    .map(name -> name + " (" + where + ")")
                    .orElse("it does not say who it is (" + where + ")");
        }

        private static void pause(long millis, Holder holder, String where) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HostBusyException(
                        "interrupted while waiting for another load test on this host: " + who(holder, where));
            }
        }
    }
}
