package dev.llmload.junit.run;

import dev.llmload.junit.declared.PlannedTests;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunSummary;
import dev.llmload.report.TestReport;
import dev.llmload.spi.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Follows the load tests of one test plan: what JUnit says of each invocation, and what the run measured, which it gets
 * when JUnit closes the run. Safe for use by any thread.
 */
class RunCollector implements TestExecutionListener {
    /** Those whose plan is being executed: JUnit makes listeners itself, so a run finds them here. */
    private static final Deque<RunCollector> LISTENING = new ConcurrentLinkedDeque<>();

    private volatile boolean stopped;

    private record Ended(Status status, String reason) {}

    private static final class Followed {
        private final String id;
        private final List<UniqueId> ancestors;

        /** Of an earlier plan of the same launcher, which ran the test before; by name. */
        private final Map<String, InvocationOutcome> before;

        private final List<InvocationOutcome> entries = new ArrayList<>();

        Followed(String id, List<UniqueId> ancestors, Map<String, InvocationOutcome> before) {
            this.id = id;
            this.ancestors = ancestors;
            this.before = before;
        }

        /** What it came to so far, by name: of what was run again, the later. */
        Map<String, InvocationOutcome> all() {
            Map<String, InvocationOutcome> all = new LinkedHashMap<>(before);
            entries.forEach(entry -> all.put(entry.name(), entry));
            return all;
        }
    }

    /**
     * What a test came to before it is run again, as a build tool does with tests that failed.
     *
     * @param report what was measured; empty if nothing was
     * @param entries its invocations, by name
     */
    record Earlier(Optional<TestReport> report, Map<String, InvocationOutcome> entries) {
        static final Earlier NONE = new Earlier(Optional.empty(), Map.of());
    }

    /** By the unique id of the test template. */
    private final Map<UniqueId, Followed> tests = new LinkedHashMap<>();

    private final Map<UniqueId, Ended> containers = new LinkedHashMap<>();
    private final Map<String, TestReport> reports = new LinkedHashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    /**
     * Hands a finished run to those who follow its tests.
     *
     * @param folder of its files
     * @param reports of its tests
     * @return whether anybody did
     */
    static boolean deliver(Path folder, List<TestReport> reports) {
        boolean taken = false;
        for (RunCollector collector : LISTENING) {
            taken |= collector.take(folder, reports);
        }
        return taken;
    }

    /** What a test came to in an earlier plan of the launcher that runs it now. */
    static Earlier earlier(String test) {
        return LISTENING.stream()
                .flatMap(collector -> collector.before(test).stream())
                .findFirst()
                .orElse(Earlier.NONE);
    }

    private synchronized Optional<Earlier> before(String test) {
        return tests.values().stream()
                .filter(followed -> followed.id.equals(test) && !followed.before.isEmpty())
                .findFirst()
                .map(followed -> new Earlier(Optional.ofNullable(reports.get(test)), followed.before));
    }

    private synchronized boolean take(Path folder, List<TestReport> finished) {
        boolean mine = tests.values().stream()
                .anyMatch(
                        test -> finished.stream().anyMatch(report -> report.id().equals(test.id)));
        if (mine) {
            folders.add(folder);
            finished.forEach(report -> reports.put(report.id(), report));
        }
        return mine;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier identifier : plan.getDescendants(root)) {
                PlannedTests.loadTest(identifier).ifPresent(test -> follow(test.id(), plan, identifier));
            }
        }
        if (!tests.isEmpty()) {
            LISTENING.add(this);
        }
    }

    private void follow(String test, TestPlan plan, TestIdentifier identifier) {
        Followed earlier = tests.get(identifier.getUniqueIdObject());
        tests.put(
                identifier.getUniqueIdObject(),
                new Followed(test, ancestors(plan, identifier), earlier == null ? Map.of() : earlier.all()));
    }

    private static List<UniqueId> ancestors(TestPlan plan, TestIdentifier identifier) {
        List<UniqueId> ancestors = new ArrayList<>();
        for (Optional<TestIdentifier> at = plan.getParent(identifier); at.isPresent(); at = plan.getParent(at.get())) {
            ancestors.add(at.get().getUniqueIdObject());
        }
        return ancestors;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier identifier, String reason) {
        Followed test = tests.get(identifier.getUniqueIdObject());
        if (test != null) {
            test.entries.add(new InvocationOutcome("", Status.SKIPPED, reason));
        } else {
            containers.put(identifier.getUniqueIdObject(), new Ended(Status.SKIPPED, reason));
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        UniqueId id = identifier.getUniqueIdObject();
        Followed test = tests.get(id);
        Followed parent = identifier.getParentIdObject().map(tests::get).orElse(null);
        if (test != null) {
            result.getThrowable().ifPresent(thrown -> test.entries.add(InvocationOutcomes.of("", thrown)));
        } else if (parent != null) {
            parent.entries.add(result.getThrowable()
                    .map(thrown -> InvocationOutcomes.of(identifier.getDisplayName(), thrown))
                    .orElseGet(() -> new InvocationOutcome(identifier.getDisplayName(), Status.PASS, "")));
        } else {
            result.getThrowable()
                    .map(thrown -> InvocationOutcomes.of("", thrown))
                    .ifPresent(entry -> containers.put(id, new Ended(entry.status(), entry.message())));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        LISTENING.remove(this);
    }

    /** Follows no more: the plan will not come to its end. What was seen so far is kept, and runs that end now count. */
    void stop() {
        stopped = true;
    }

    /** What the plan came to; complete once it is finished. */
    synchronized RunSummary summary() {
        List<RunSummary.Test> all = new ArrayList<>();
        for (Followed test : tests.values()) {
            Optional<TestReport> report = Optional.ofNullable(reports.get(test.id));
            List<InvocationOutcome> entries = test.all().isEmpty()
                    ? List.of(notStarted(test))
                    : List.copyOf(test.all().values());
            all.add(new RunSummary.Test(
                    test.id,
                    report,
                    entries.stream().map(entry -> known(report, entry)).toList()));
        }
        return new RunSummary(all, List.copyOf(folders));
    }

    // What the run knows of an invocation is all that decided it; what JUnit saw may be graver, for example an
    // extension
    // that failed later.
    private static InvocationOutcome known(Optional<TestReport> report, InvocationOutcome seen) {
        return report.stream()
                .flatMap(test -> test.outcomes().stream())
                .filter(outcome -> outcome.name().equals(seen.name()))
                .findFirst()
                .map(outcome -> outcome.status().compareTo(seen.status()) >= 0
                        ? outcome
                        : outcome.and(seen.causes(), seen.message()))
                .orElse(seen);
    }

    private InvocationOutcome notStarted(Followed test) {
        for (UniqueId ancestor : test.ancestors) {
            Ended ended = containers.get(ancestor);
            if (ended != null) {
                return new InvocationOutcome("", ended.status(), ended.reason());
            }
        }
        return stopped
                ? new InvocationOutcome("", Status.ERROR, "did not run or did not end: the run ended early")
                : new InvocationOutcome("", Status.SKIPPED, "did not run");
    }
}
