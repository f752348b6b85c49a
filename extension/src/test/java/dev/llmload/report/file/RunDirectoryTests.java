package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTests {
    private static final Instant NOW = Instant.parse("2026-11-22T05:31:07.912Z");

    @TempDir
    Path base;

    @Test
    void isNamedByItsUtcSecond() throws IOException {
        RunDirectory run = RunDirectory.create(base.resolve("llm-load"), NOW);

        assertThat(run.path()).isAbsolute().isDirectory();
        assertThat(run.path().getFileName()).hasToString("2026-11-22T05-31-07Z");
        assertThat(run.charts()).isDirectory();
    }

    @Test
    void twoRunsOfOneSecond_haveFoldersOfTheirOwn() throws IOException {
        RunDirectory.create(base, NOW);

        assertThat(RunDirectory.create(base, NOW).path().getFileName()).hasToString("2026-11-22T05-31-07Z-2");
        assertThat(RunDirectory.create(base, NOW).path().getFileName()).hasToString("2026-11-22T05-31-07Z-3");
    }

    @Test
    void latest_pointsAtTheNewest() throws IOException {
        RunDirectory.create(base, NOW);
        RunDirectory newest = RunDirectory.create(base, NOW.plusSeconds(60));

        Path latest = base.resolve("latest");
        Path target = Files.isSymbolicLink(latest)
                ? Files.readSymbolicLink(latest)
                : Path.of(Files.readString(latest).strip());
        assertThat(base.toAbsolutePath().resolve(target)).isEqualTo(newest.path());
        try (var files = Files.list(base)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("2026-11-22T05-31-07Z", "2026-11-22T05-32-07Z", "latest");
        }
    }

    @Test
    void someonesOwnFolderCalledLatest_isLeftAlone() throws IOException {
        Files.createDirectory(base.resolve("latest"));

        RunDirectory.create(base, NOW);

        assertThat(base.resolve("latest")).isDirectory();
        assertThat(Files.isSymbolicLink(base.resolve("latest"))).isFalse();
    }
}
