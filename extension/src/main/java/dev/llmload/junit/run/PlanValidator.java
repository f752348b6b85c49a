package dev.llmload.junit.run;

import dev.llmload.config.Key;
import dev.llmload.junit.declared.PlannedTests;
import java.io.PrintStream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * At the start of a test plan, checks every load test in it and prints all mistakes at once, so that nobody waits for
 * the third test's load to hear of a misspelt budget. Each mistake also fails its own test. Found by JUnit through
 * {@code META-INF/services}.
 */
public final class PlanValidator implements TestExecutionListener {
    private final PrintStream console;

    /** For JUnit. */
    public PlanValidator() {
        this(System.err);
    }

    public PlanValidator(PrintStream console) {
        this.console = console;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        PlannedTests tests = new PlannedTests(plan);
        boolean enabled = tests.configuration()
                .get(Key.ENABLED)
                .filter("false"::equalsIgnoreCase)
                .isEmpty();
        if (enabled) {
            console.print(PlannedTests.print(tests.mistakes()));
            console.flush();
        }
    }
}
