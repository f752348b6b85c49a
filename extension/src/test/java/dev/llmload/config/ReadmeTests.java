package dev.llmload.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of keys is the code's. */
class ReadmeTests {
    @Test
    void theTableOfKeys_isWhatTheCodeReads() throws IOException {
        String expected = "| key | default | meaning |\n|---|---|---|\n"
                + Arrays.stream(Key.values())
                        .map(key -> "| `" + key.key() + "` | "
                                + (key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`") + " | "
                                + key.description() + " |")
                        .collect(Collectors.joining("\n"));
        assertThat(between(readme(), "<!-- keys -->\n", "\n<!-- /keys -->")).isEqualTo(expected);
    }

    private static String between(String text, String open, String close) {
        int start = text.indexOf(open);
        int end = text.indexOf(close);
        assertThat(start).as("%s in the README", open).isNotNegative();
        assertThat(end).as("%s in the README", close).isGreaterThan(start);
        return text.substring(start + open.length(), end);
    }

    private static String readme() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("README.md"));
    }
}
