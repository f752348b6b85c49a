package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares text with a file beside the tests. {@code -Dgolden.update=src/test/resources} writes the files anew; look at
 * the difference before committing it.
 */
public final class Golden {
    private Golden() {}

    public static void matches(String name, String actual) {
        String update = System.getProperty("golden.update", "");
        try {
            if (!update.isEmpty()) {
                Path file = Path.of(update, "dev", "llmload", "report", name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            try (InputStream in =
                    update.isEmpty() ? Golden.class.getResourceAsStream(name) : InputStream.nullInputStream()) {
                assertThat(in).as("golden file %s", name).isNotNull();
                String expected = update.isEmpty() ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : actual;
                assertThat(actual).isEqualTo(expected);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
