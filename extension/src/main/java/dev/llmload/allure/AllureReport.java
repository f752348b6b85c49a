package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.TestReport;
import dev.llmload.result.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What Allure gets of a run. Where Allure is not on the class path every call does nothing. Call it from the test's own
 * thread while its Allure test case is open, that is in {@code afterTestExecution}; a failure to write is a
 * warning and never fails a test. Not thread-safe.
 */
public final class AllureReport {
    private final Bridge bridge;
    private final Consumer<String> warn;

    AllureReport(Bridge bridge, Consumer<String> warn) {
        this.bridge = bridge;
        this.warn = warn;
    }

    /** Whether Allure is on the class path. Loads none of its classes. */
    public static boolean available() {
        return available(AllureReport.class.getClassLoader());
    }

    static boolean available(ClassLoader loader) {
        return loader.getResource("io/qameta/allure/AllureLifecycle.class") != null;
    }

    /**
     * A report to Allure's own life cycle; one that does nothing where there is no Allure.
     *
     * @param charts whether charts are attached
     * @param warn takes what could not be added, a sentence
     */
    public static AllureReport create(boolean charts, Consumer<String> warn) {
        return new AllureReport(available() ? AllureBridge.create(charts) : new NoAllure(), warn);
    }

    /**
     * Adds one level to the open test case: parameters, labels, a step per phase and per budget, attachments, and the
     * numbers of Allure 3's metrics page.
     *
     * @param level a judged level
     * @param outcome of its invocation, as far as it is known while the test case is open
     * @param phases what happened when, in order: each is a step with these times; one called {@code window} or
     *     {@code whole run} says too what ended it. If empty, one step says how long the window was.
     */
    public void level(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases) {
        guarded(() -> bridge.level(level, outcome, phases));
    }

    /**
     * The same of a level of which only the measurement decides.
     *
     * @param level a judged level
     * @param phases what happened when, in order
     */
    void level(LevelVerdict level, List<PhaseSpan> phases) {
        level(level, InvocationOutcome.of(level), phases);
    }

    /**
     * Adds the comparison of all levels to the open test case.
     *
     * @param test a test
     */
    public void sweep(TestReport test) {
        guarded(() -> bridge.sweep(test));
    }

    /**
     * Adds a test's history to the open test case.
     *
     * @param svg its picture
     */
    public void trend(String svg) {
        guarded(() -> bridge.trend(svg));
    }

    /**
     * Writes {@code environment.properties} into Allure's results. What other runs wrote there under other names is
     * kept; what the tests of this run say differently under one name stands side by side.
     *
     * @param entries by the name that the report shows
     */
    public void environment(Map<String, String> entries) {
        guarded(() -> bridge.environment(entries));
    }

    private interface Work {
        void run() throws Exception;
    }

    // A report is a service to the reader; a full disk or a changed library must not turn a passing gate red.
    private void guarded(Work work) {
        try {
            work.run();
        } catch (Exception | LinkageError e) {
            warn.accept("nothing was added to Allure: " + Printable.line(e.toString()));
        }
    }
}
