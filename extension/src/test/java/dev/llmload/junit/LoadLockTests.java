package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadLockTests {
    @TempDir
    Path folder;

    private final CountDownLatch said = new CountDownLatch(1);
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            said.countDown();
        }
    };
    private final PrintStream console = new PrintStream(messages, true, StandardCharsets.UTF_8);

    @Test
    void aFreeLock_isTakenInSilence_andCanBeTakenAgain() {
        LoadLock.acquire(folder.resolve("lock"), console).close();
        LoadLock.acquire(folder.resolve("lock"), console).close();
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aLockThatAnotherHolds_isWaitedForWithAMessage() throws Exception {
        Path file = folder.resolve("lock");
        CompletableFuture<Void> waiting;
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            waiting = CompletableFuture.runAsync(
                    () -> LoadLock.acquire(file, console).close());
            said.await();
            assertThat(waiting).isNotDone();
            assertThat(messages.toString(StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines(
                            "[llm-load] waiting for another load test on this host to finish (lock " + file + ")");
        }
        waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aLockFileThatCannotBeWritten_saysWhatToDo_andLeavesTheLockFree() throws IOException {
        assertThatThrownBy(() -> LoadLock.acquire(folder.resolve("no/such/folder/lock"), console))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no/such/folder/lock")
                .hasMessageContaining("make it writable or move it with -Djava.io.tmpdir=");
        LoadLock.acquire(folder.resolve("lock"), console).close();
    }
}
