package dev.llmload.report.file;

import dev.llmload.report.PreparedTest;
import dev.llmload.report.ReportListener;
import dev.llmload.report.TestReport;
import dev.llmload.result.text.Secrets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A file that is written again as a whole when more is known. What a killed run must keep is written after each level; what
 * is costly to make and only looks at it, once a test is over. Thread-safe.
 */
public final class ReportFile implements ReportListener {
    /** What makes the file old. */
    public enum Content {
        /** What the tests talk to. */
        CIRCUMSTANCES,
        /** What was measured and decided, level by level. */
        RESULTS,
        /** The same, to look at once a test is over. */
        VIEW,
        /** All of the run, its other files included, to look at once it is over. */
        PAGE
    }

    private final RunFolder folder;
    private final String name;
    private final Content content;
    private final RunFolder.Write write;
    private final Set<Content> old = EnumSet.noneOf(Content.class);

    /**
     * Writes nothing yet.
     *
     * @param folder where it goes
     * @param name of the file
     * @param content what it holds
     * @param write writes it, from what is known then
     */
    public ReportFile(RunFolder folder, String name, Content content, RunFolder.Write write) {
        this.folder = folder;
        this.name = name;
        this.content = content;
        this.write = write;
    }

    private synchronized void changed(Content what) {
        if (content == what) {
            old.add(what);
        }
    }

    private synchronized void renew() {
        if (old.remove(content)) {
            folder.write(name, write);
        }
    }

    private void circumstances() {
        if (content == Content.CIRCUMSTANCES) {
            changed(content);
            renew();
        }
    }

    @Override
    public void runStarted() {
        changed(Content.PAGE);
        changed(Content.CIRCUMSTANCES);
        changed(Content.RESULTS);
        if (content == Content.RESULTS) {
            renew();
        }
    }

    // Not before: a label may hold a secret that nobody has named yet.
    @Override
    public void secretsKnown(Secrets secrets) {
        circumstances();
    }

    @Override
    public void testPrepared(PreparedTest test) {
        circumstances();
    }

    @Override
    public void promptsCounted(String test, Map<String, Number> tokens) {
        circumstances();
    }

    @Override
    public void testChanged(TestReport test) {
        changed(Content.RESULTS);
        changed(Content.VIEW);
        changed(Content.PAGE);
        if (content == Content.RESULTS) {
            renew();
        }
    }

    @Override
    public void testEnded(TestReport test) {
        if (content != Content.PAGE) {
            renew();
        }
    }

    @Override
    public void runEnded() {
        renew();
    }

    @Override
    public String toString() {
        return name;
    }
}
