package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.report.TestReport;
import dev.llmload.report.file.ReportFile.Content;
import dev.llmload.result.text.Secrets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file of a run is written. */
class ReportFileTests {
    private static final TestReport REPORT = new TestReport("com.acme.A#a", "a()", List.of(), List.of());

    @TempDir
    Path output;

    private final AtomicInteger written = new AtomicInteger();
    private RunFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = RunFolder.create(output, Instant.EPOCH);
    }

    private ReportFile file(Content content) {
        return new ReportFile(folder, "file", content, written::incrementAndGet);
    }

    /** A test of three levels, of which each changes the report twice, and the end of the run. */
    private static void run(ReportFile file) {
        file.runStarted();
        file.secretsKnown(Secrets.none());
        file.testPrepared(null);
        file.promptsCounted("com.acme.A#a", Map.of());
        for (int change = 0; change < 6; change++) {
            file.testChanged(REPORT);
        }
        file.testEnded(REPORT);
        file.runEnded();
    }

    @Test
    void results_areWrittenAtTheStartAndWithEachChange_soThatAKilledRunKeepsThem() {
        run(file(Content.RESULTS));

        assertThat(written).hasValue(7);
    }

    @Test
    void aView_isWrittenOnceATestIsOver() {
        run(file(Content.VIEW));

        assertThat(written).hasValue(1);
    }

    @Test
    void aViewOfARunThatIsStopped_isWrittenAtItsEnd() {
        ReportFile file = file(Content.VIEW);
        file.testChanged(REPORT);
        file.runEnded();
        file.runEnded();

        assertThat(written).hasValue(1);
    }

    @Test
    void circumstances_areWrittenWhenTheyAreKnown_notWithEachResult() {
        run(file(Content.CIRCUMSTANCES));

        assertThat(written).hasValue(3);
    }

    @Test
    void circumstances_areNotWrittenBeforeTheSecretsAreKnown() {
        ReportFile file = file(Content.CIRCUMSTANCES);
        file.runStarted();
        assertThat(written).hasValue(0);

        file.secretsKnown(Secrets.none());
        assertThat(written).hasValue(1);
    }

    @Test
    void aFileThatCannotBeWritten_isMissingUntilItCan() {
        ReportFile file = new ReportFile(folder, "file", Content.RESULTS, () -> {
            if (written.incrementAndGet() == 1) {
                throw new java.nio.file.FileSystemException("file", null, "No space left on device");
            }
        });

        file.runStarted();
        assertThat(folder.missing()).containsExactly("file: No space left on device");
        file.testChanged(REPORT);
        assertThat(folder.missing()).isEmpty();
    }
}
