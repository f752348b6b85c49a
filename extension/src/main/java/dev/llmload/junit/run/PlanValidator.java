package dev.llmload.junit.run;

import dev.llmload.config.Key;
import dev.llmload.junit.declared.Configurations;
import dev.llmload.junit.declared.PlannedTests;
import dev.llmload.report.console.ProgressPrinter;
import java.util.List;
import java.util.function.Supplier;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * At the start of a test plan, checks every load test in it and prints all mistakes at once, so that nobody waits for
 * the third test's load to hear of a misspelt budget. Each mistake also fails its own test. Found by JUnit through
 * {@code META-INF/services}.
 */
public final class PlanValidator implements TestExecutionListener {
    private final Supplier<ProgressPrinter> console;

    /** For JUnit. */
    public PlanValidator() {
        this(ProgressPrinter::forErrors);
    }

    public PlanValidator(Supplier<ProgressPrinter> console) {
        this.console = console;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Configurations.listed(plan.getConfigurationParameters().keySet());
        PlannedTests tests = new PlannedTests(plan);
        boolean enabled = tests.configuration()
                .get(Key.ENABLED)
                .filter("false"::equalsIgnoreCase)
                .isEmpty();
        if (enabled) {
            List<String> mistakes = tests.mistakes();
            if (!mistakes.isEmpty()) {
                console.get().print(PlannedTests.print(mistakes));
            }
        }
    }
}
