package dev.llmload.junit.run;

import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.PlannedTests;
import dev.llmload.junit.declared.PlannedTests.Planned;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.result.text.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.launcher.TestPlan;

/**
 * The load tests of a test plan, looked at without running them: for the command line. Used by one thread.
 */
public final class LoadPlan {
    private final PlannedTests tests;

    private LoadPlan(PlannedTests tests) {
        this.tests = tests;
    }

    /**
     * Of a plan that a launcher discovered.
     *
     * @param plan whose configuration parameters count as keys
     */
    public static LoadPlan of(TestPlan plan) {
        return new LoadPlan(new PlannedTests(plan));
    }

    /** Whether there is no load test in it. */
    public boolean isEmpty() {
        return tests.all().isEmpty();
    }

    /** Everything that is wrong with tests and keys, ready to print; empty if nothing is. */
    public String mistakes() {
        return PlannedTests.print(tests.mistakes());
    }

    /** One line per load test: its id, and its levels or why it has none. */
    public List<String> list() {
        return tests.all().stream()
                .map(test -> Printable.lines(test.id() + "  " + remark(test)))
                .toList();
    }

    private String remark(Planned test) {
        if (test.isDisabled()) {
            return "(disabled)";
        }
        if (test.isConditional()) {
            return "(runs only under a condition)";
        }
        try {
            return DryRun.levels(test.resolve(tests.configuration()));
        } catch (ExtensionConfigurationException e) {
            return "(not configured)";
        }
    }

    /** What would be offered to whom, test by test, in words; nothing is sent for it. */
    public List<String> dryRun() {
        List<String> lines = new ArrayList<>();
        for (Planned test : tests.certain()) {
            lines.addAll(DryRun.of(test.resolve(tests.configuration())));
        }
        lines.replaceAll(Printable::lines);
        return lines;
    }

    /**
     * Asks each endpoint for a completion, as the pre-flight of a run does, and prints what came of it.
     *
     * @param out where to print
     * @return whether all of them can be used
     */
    public boolean health(PrintStream out) {
        Map<String, LoadTestSpec> byEndpoint = new LinkedHashMap<>();
        for (Planned planned : tests.certain()) {
            LoadTestSpec test = planned.resolve(tests.configuration());
            byEndpoint.putIfAbsent(test.endpoint().toString(), test);
        }
        EndpointMemory memory = new EndpointMemory();
        boolean usable = true;
        for (LoadTestSpec test : byEndpoint.values()) {
            usable &= HealthCheck.of(test, out, memory);
        }
        return usable;
    }
}
