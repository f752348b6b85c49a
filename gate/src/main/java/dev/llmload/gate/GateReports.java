package dev.llmload.gate;

import dev.llmload.junit.run.RunVerdict;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * The gate's own files: gate.json and the JUnit XML. What cannot be written is said, and changes no exit code. Written
 * once; safe for use by any thread.
 */
final class GateReports {
    private static final String JSON = "gate.json";
    private static final String XML = "TEST-*.xml";

    private final Path folder;
    private final PrintStream out;
    private final RunVerdict verdict;
    private final StringWriter xmlTrouble = new StringWriter();
    private final TestExecutionListener xml;
    private boolean written;

    /**
     * Makes the folder, and takes the files of an earlier run away.
     *
     * @param folder of the files
     * @param out told where they are, or why they are not
     * @param verdict what the run comes to
     */
    GateReports(Path folder, PrintStream out, RunVerdict verdict) {
        this.folder = folder.toAbsolutePath().normalize();
        this.out = out;
        this.verdict = verdict;
        try {
            Files.createDirectories(this.folder);
            Files.deleteIfExists(this.folder.resolve(JSON));
            deleteXml();
        } catch (IOException e) {
            // Said at the end, when they are written: there is a verdict to come to first.
        }
        this.xml = new LegacyXmlReportGeneratingListener(this.folder, new PrintWriter(xmlTrouble, true));
    }

    /** Follows the plan for the JUnit XML. */
    TestExecutionListener xml() {
        return xml;
    }

    /** Writes the XML of a plan that does not come to its end: what has ended by now. */
    synchronized void cutShort(TestPlan plan, String reason) {
        if (written) {
            return;
        }
        for (TestIdentifier root : plan.getRoots()) {
            try {
                xml.executionFinished(root, TestExecutionResult.failed(new IllegalStateException(reason)));
            } catch (RuntimeException e) {
                xmlTrouble.append(e.toString()).append('\n');
            }
        }
    }

    /** Writes gate.json, and says what the verdict is. Further calls do nothing. */
    synchronized void write(int code) {
        if (written) {
            return;
        }
        written = true;
        boolean json = json();
        cleanXml();
        boolean units = xmlTrouble.toString().isEmpty();
        if (!units) {
            say("warning: the JUnit XML is not written to " + folder + " (--output): "
                    + xmlTrouble.toString().lines().findFirst().orElse(""));
            withoutHalfWrittenXml();
        }
        if (json && units) {
            say("JUnit XML and gate.json: " + folder);
        } else {
            say("the verdict and the exit code do not depend on these files");
        }
        say("gate: " + verdict.sentence() + "; exit code " + code);
    }

    // XML that may still hold a password is no report: it is taken away like one that is half written.
    private void cleanXml() {
        try {
            if (Files.isDirectory(folder)) {
                XmlProperties.clean(folder);
            }
        } catch (IOException e) {
            xmlTrouble.append(String.valueOf(e.getMessage())).append('\n');
        }
    }

    private boolean json() {
        try {
            verdict.write(folder.resolve(JSON));
            return true;
        } catch (IOException | RuntimeException e) {
            say("warning: " + JSON + " is not written to " + folder + " (--output): " + e.getMessage());
            return false;
        }
    }

    private void withoutHalfWrittenXml() {
        try {
            deleteXml();
        } catch (IOException e) {
            say("warning: the JUnit XML in " + folder + " is not whole: " + e.getMessage());
        }
    }

    private void deleteXml() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, XML)) {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void say(String sentence) {
        out.println("[llm-load] " + sentence);
        out.flush();
    }
}
