package dev.llmload.report;

import dev.llmload.report.file.Metadata;
import dev.llmload.result.Level;
import dev.llmload.result.text.Secrets;
import java.util.List;

/**
 * A test whose endpoint is ready. Immutable.
 *
 * @param about what it talks to, with which prompts and settings
 * @param displayName as JUnit shows it
 * @param levels what it will offer, in order
 * @param repeat how often each runs at most, at least 1
 * @param simulated whether it talks to the embedded simulator
 * @param secrets of the test, to be kept out of what is shown
 */
public record PreparedTest(
        Metadata.Test about, String displayName, List<Level> levels, int repeat, boolean simulated, Secrets secrets) {
    /** Copies the list. */
    public PreparedTest {
        levels = List.copyOf(levels);
    }
}
