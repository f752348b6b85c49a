package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.ChildJvm;
import dev.llmload.junit.InterruptedRunTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class LoadLockTests {
    private static final LoadLock.Patience LONG =
            new LoadLock.Patience(Duration.ofMinutes(1), "key llmload.load.lockWait");
    private static final LoadLock.Patience SHORT = new LoadLock.Patience(Duration.ofMillis(50), "@Timeout");

    @TempDir
    Path folder;

    private final CountDownLatch said = new CountDownLatch(1);
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private void say(String message) {
        messages.add(message);
        said.countDown();
    }

    private LoadLock acquire(Path file, LoadLock.Patience patience) {
        return LoadLock.acquire(file, "com.acme.ChatTest#chat", patience, this::say);
    }

    @Test
    void aFreeLock_isTakenInSilence_andCanBeTakenAgain() {
        acquire(folder.resolve("lock"), LONG).close();
        acquire(folder.resolve("lock"), LONG).close();
        assertThat(messages).isEmpty();
    }

    @Test
    void theFile_saysWhoHoldsTheLock_andNothingAfterwards() throws IOException {
        Path file = folder.resolve("lock");
        try (LoadLock held = acquire(file, LONG)) {
            assertThat(held.waited()).isLessThan(Duration.ofMinutes(1));
            assertThat(Files.readString(file))
                    .startsWith("com.acme.ChatTest#chat of user " + System.getProperty("user.name") + ", process "
                            + ProcessHandle.current().pid() + ", since 2");
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no POSIX permissions")
    void theFile_mayBeWrittenByEveryUserOfTheHost() throws IOException {
        Path file = folder.resolve("lock");
        acquire(file, LONG).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-rw-");
    }

    @Test
    void theShorterOfTwoBounds_holds_andIsNamed() {
        assertThat(LONG.or(Optional.of(Duration.ofSeconds(5)), "@Timeout"))
                .isEqualTo(new LoadLock.Patience(Duration.ofSeconds(5), "@Timeout"));
        assertThat(LONG.or(Optional.of(Duration.ofHours(1)), "@Timeout")).isEqualTo(LONG);
        assertThat(LONG.or(Optional.empty(), "@Timeout")).isEqualTo(LONG);
    }

    @Test
    void aFolderThatIsNotThere_saysWhatToDo_andLeavesTheLockFree() {
        assertThatThrownBy(() -> acquire(folder.resolve("no/such/folder/lock"), LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no/such/folder/lock")
                .hasMessageContaining("make it writable or move it with -Djava.io.tmpdir=");
        acquire(folder.resolve("lock"), LONG).close();
    }

    @Test
    void aFileThatCannotBeOpened_isReplacedByThisUsersOwn_andThatIsSaid() throws IOException {
        Path file = Files.createDirectory(folder.resolve("lock"));
        acquire(file, LONG).close();
        assertThat(messages)
                .singleElement()
                .asString()
                .contains("the lock file " + file + " that keeps load tests of this host apart cannot be used")
                .contains(file + "." + System.getProperty("user.name"))
                .contains("load tests of other users may run beside this one");
    }

    @Nested
    class HeldInThisJvm {
        @Test
        void isWaitedFor_withAMessage() throws Exception {
            Path file = folder.resolve("lock");
            CompletableFuture<Void> waiting;
            try (LoadLock held = acquire(file, LONG)) {
                waiting = CompletableFuture.runAsync(() -> acquire(file, LONG).close());
                said.await();
                assertThat(waiting).isNotDone();
                assertThat(messages)
                        .singleElement()
                        .asString()
                        .startsWith(
                                "waiting for another load test on this host to finish: com.acme.ChatTest#chat of user")
                        .endsWith("(this JVM); at most 1 m (key llmload.load.lockWait)");
                assertThat(held.waited()).isPositive();
            }
            waiting.get(30, TimeUnit.SECONDS);
        }

        @Test
        void isNotWaitedForBeyondTheBound() {
            try (LoadLock held = acquire(folder.resolve("lock"), LONG)) {
                assertThatThrownBy(() -> acquire(folder.resolve("lock"), SHORT))
                        .isInstanceOf(HostBusyException.class)
                        .hasMessageStartingWith("no load is offered: another load test on this host did not end within"
                                + " 50 ms (@Timeout): com.acme.ChatTest#chat of user");
                assertThat(held.waited()).isGreaterThanOrEqualTo(Duration.ZERO);
            }
        }

        @Test
        void anInterrupt_endsTheWait() throws Exception {
            try (LoadLock held = acquire(folder.resolve("lock"), LONG)) {
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                Thread waiting = new Thread(() -> {
                    try {
                        acquire(folder.resolve("lock"), LONG).close();
                    } catch (HostBusyException e) {
                        thrown.complete(e);
                    }
                });
                waiting.start();
                said.await();
                waiting.interrupt();
                assertThat(thrown.get(30, TimeUnit.SECONDS))
                        .hasMessageStartingWith(
                                "interrupted while waiting for another load test on this host: com.acme");
                assertThat(held.waited()).isGreaterThanOrEqualTo(Duration.ZERO);
            }
        }
    }

    /** A load test in another process, as it really runs. */
    @Nested
    class HeldByAnotherJvm {
        @Test
        void isNamedWithItsTestAndProcess_andFreeWhenThatIsKilled() throws Exception {
            Path file = folder.resolve("llm-load.lock");
            try (ChildJvm child = ChildJvm.start(
                    InterruptedRunTests.EndlessTestCase.class, folder, "llmload.url", "simulator:fast")) {
                child.await("requests", () -> !child.requests().isEmpty());
                assertThatThrownBy(() -> acquire(file, SHORT))
                        .isInstanceOf(HostBusyException.class)
                        .hasMessageContaining(InterruptedRunTests.EndlessTestCase.class.getName() + "#endless of user "
                                + System.getProperty("user.name") + ", process "
                                + child.process().pid() + ", since 2")
                        .hasMessageContaining("(lock " + file + ")");
                child.process().destroyForcibly();
                child.awaitEnd();
            }
            acquire(file, LONG).close();
        }

        @Test
        void aTestThatMayNotWait_isAnError_saysForWhom_andLeavesItsResults() throws Exception {
            try (ChildJvm holder = ChildJvm.start(
                    InterruptedRunTests.EndlessTestCase.class, folder, "llmload.url", "simulator:fast")) {
                holder.await("requests", () -> !holder.requests().isEmpty());
                Path second = Files.createDirectory(folder.resolve("second"));
                try (ChildJvm child = ChildJvm.start(
                        InterruptedRunTests.EndlessTestCase.class,
                        second,
                        "llmload.url",
                        "simulator:fast",
                        "llmload.load.lockWait",
                        "0s",
                        "java.io.tmpdir",
                        folder.toString())) {
                    child.awaitEnd();
                    assertThat(child.console()).contains("2 ERROR", "no load is offered: another load test");
                    assertThat(child.file("results.json").at("/tests/0/error").asText())
                            .startsWith("no load is offered: another load test on this host did not end within 0 ms"
                                    + " (key llmload.load.lockWait): "
                                    + InterruptedRunTests.EndlessTestCase.class.getName() + "#endless of user ");
                }
            }
        }
    }
}
