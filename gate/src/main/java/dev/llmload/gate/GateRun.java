package dev.llmload.gate;

import dev.llmload.junit.run.LoadPlan;
import dev.llmload.junit.run.RunVerdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds the load tests and does with them what was asked for. The summary of a run is JUnit's listeners' to print. */
final class GateRun {
    /** What is to be done. */
    enum Task {
        RUN,
        LIST,
        DRY_RUN,
        HEALTH
    }

    private static final String INTERRUPTED = "interrupted by Ctrl-C or a signal";

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
                        + ": are its classes on the class path (--class-path target/test-classes:…), and its methods annotated "
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
        GateReports files = new GateReports(reports, out, verdict);
        Runnable interrupted = () -> {
            verdict.endedEarly(INTERRUPTED);
            out.println("[llm-load] gate: " + INTERRUPTED + "; the load stops, and what was measured is written");
            out.flush();
        };
        Runnable lastResort = () -> {
            files.cutShort(plan, INTERRUPTED);
            files.write(ExitCode.of(verdict.answer()));
        };
        Interruption interruption = new Interruption(interrupted, lastResort);
        try {
            execute(launcher, plan, verdict, files);
            int code = ExitCode.of(verdict.answer());
            files.write(code);
            return code;
        } finally {
            interruption.close();
        }
    }

    private static void execute(Launcher launcher, TestPlan plan, RunVerdict verdict, GateReports files) {
        try {
            launcher.execute(plan, verdict, files.xml());
        } catch (RuntimeException | Error e) { // no memory, for example: the engine gives up the whole plan
            verdict.endedEarly("the run broke off: " + e);
            files.cutShort(plan, "the run broke off: " + e);
        }
    }
}
