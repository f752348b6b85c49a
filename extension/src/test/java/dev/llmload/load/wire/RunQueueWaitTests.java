package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueueWaitTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123456 789 42|789",
                "1 9223372036854775807 3|9223372036854775807",
                "0 0 0|0",
                "123|-1",
                "123 |-1",
                "''|-1",
                "x y z|-1"
            })
    void itIsTheSecondNumber(String text, long nanos) throws IOException {
        Path file = Files.writeString(folder.resolve("schedstat"), text + "\n");
        try (RunQueueWait wait = RunQueueWait.of(file)) {
            assertThat(wait.nanos()).isEqualTo(nanos);
        }
    }

    @Test
    void itIsReadAfresh() throws IOException {
        Path file = Files.writeString(folder.resolve("schedstat"), "1 2 3\n");
        try (RunQueueWait wait = RunQueueWait.of(file)) {
            assertThat(wait.nanos()).isEqualTo(2);
            Files.writeString(file, "1 20 3\n");
            assertThat(wait.nanos()).isEqualTo(20);
        }
    }

    @Test
    void whatThereIsNot_isUnknown() {
        try (RunQueueWait wait = RunQueueWait.of(folder.resolve("none"))) {
            assertThat(wait.nanos()).isEqualTo(RunQueueWait.UNKNOWN);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofThisThread_itNeverFalls() {
        try (RunQueueWait wait = RunQueueWait.ofThisThread()) {
            long before = wait.nanos();
            Thread.yield();
            assertThat(wait.nanos()).isGreaterThanOrEqualTo(before);
        }
    }
}
