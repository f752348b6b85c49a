package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that extends a baseline over and over is killed: the file is the old one or the new one, never a part of one. The
 * short form of what {@code .ci/faults killed} does more often.
 */
class KilledWriterTests {
    @TempDir
    Path folder;

    @Test
    void wheneverItIsKilled_theFileIsTheOldOneOrTheNewOne_andTheNextUpdateClearsUp() throws Exception {
        Path file = folder.resolve("chat.json");
        int updates = KilledWriter.killOverAndOver(file, 4, 42);

        Files.writeString(folder.resolve("chat.json.4711.tmp"), "{\"schema\": \"llm-load-ba");
        Files.writeString(folder.resolve("chat.json.mine.tmp"), "a user's own");
        BaselineFile.read(file).with(KilledWriter.update(updates + 1)).write(file);

        assertThat(file).hasContent(KilledWriter.version(updates + 1));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("chat.json", "chat.json.mine.tmp");
        }
    }
}
