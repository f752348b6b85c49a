package dev.llmload.gate;

import dev.llmload.junit.LoadPlan;
import dev.llmload.junit.RunVerdict;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Finds the load tests and does with them what was asked for. The summary of a run is JUnit's listeners' to print. */
final class GateRun {
    /** What is to be done. */
    enum Task {
        RUN,
        LIST,
        DRY_RUN,
        HEALTH
    }

    private static final String JSON = "gate.json";

    private final PrintStream out;
    private final Path reports;

    /**
     * Makes one.
     *
     * @param out where to print
     * @param reports folder of gate.json and the JUnit XML
     */
    GateRun(PrintStream out, Path reports) {
        this.out = out;
        this.reports = reports;
    }

    /** The exit code; what cannot be done is a UsageException. */
    int execute(Task task, Selection selection, Map<String, String> parameters) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            Launcher launcher = session.getLauncher();
            TestPlan plan = launcher.discover(selection.request(parameters));
            LoadPlan tests = LoadPlan.of(plan);
            if (tests.isEmpty()) {
                throw new UsageException("no load test found for " + selection.words()
                        + ": are its classes on the class path (-cp target/test-classes:…), and its methods annotated "
                        + "with @LlmLoad?");
            }
            String mistakes = task == Task.LIST ? "" : tests.mistakes();
            if (!mistakes.isEmpty()) {
                throw new UsageException(mistakes.stripTrailing());
            }
            return switch (task) {
                case LIST -> {
                    tests.list().forEach(out::println);
                    yield ExitCode.PASSED;
                }
                case DRY_RUN -> {
                    tests.dryRun().forEach(out::println);
                    out.println("nothing was sent");
                    yield ExitCode.PASSED;
                }
                case HEALTH -> tests.health(out) ? ExitCode.PASSED : ExitCode.COULD_NOT_TELL;
                case RUN -> run(launcher, plan);
            };
        } catch (JUnitException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private int run(Launcher launcher, TestPlan plan) {
        RunVerdict verdict = new RunVerdict();
        PrintWriter errors = new PrintWriter(out, true, StandardCharsets.UTF_8);
        try {
            Files.createDirectories(reports);
            Files.deleteIfExists(reports.resolve(JSON));
            launcher.execute(plan, verdict, new LegacyXmlReportGeneratingListener(reports, errors));
            XmlProperties.clean(reports);
            Files.writeString(reports.resolve(JSON), verdict.json());
        } catch (IOException e) {
            throw new UsageException("the reports cannot be written to " + reports + " (--output): " + e.getMessage());
        }
        int code = ExitCode.of(verdict.answer());
        out.println("[llm-load] JUnit XML and gate.json: "
                + reports.toAbsolutePath().normalize());
        out.println("[llm-load] gate: " + verdict.sentence() + "; exit code " + code);
        return code;
    }
}
