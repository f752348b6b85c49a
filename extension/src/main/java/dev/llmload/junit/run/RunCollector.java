package dev.llmload.junit.run;

import dev.llmload.junit.declared.PlannedTests;
import dev.llmload.report.RunSummary;
import dev.llmload.report.RunSummary.Entry;
import dev.llmload.report.RunSummary.Status;
import dev.llmload.report.TestReport;
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
        private final Map<String, Entry> before;

        private final List<Entry> entries = new ArrayList<>();

        Followed(String id, List<UniqueId> ancestors, Map<String, Entry> before) {
            this.id = id;
            this.ancestors = ancestors;
            this.before = before;
        }

        /** What it came to so far, by name: of what was run again, the later. */
        Map<String, Entry> all() {
            Map<String, Entry> all = new LinkedHashMap<>(before);
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
    record Earlier(Optional<TestReport> report, Map<String, Entry> entries) {
        static final Earlier NONE = new Earlier(Optional.empty(), Map.of());
    }

    /** By the unique id of the test template. */
    private final Map<UniqueId, Followed> tests = new LinkedHashMap<>();

    private final Map<UniqueId, Ended> containers = new LinkedHashMap<>();
    private final Map<String, TestReport> reports = new LinkedHashMap<>();
    private final List<RunFinding> findings = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    /**
     * Hands a finished run to those who follow its tests.
     *
     * @param folder of its files
     * @param reports of its tests
     * @param findings verdicts of its tests that are no pass
     * @return whether anybody did
     */
    static boolean deliver(Path folder, List<TestReport> reports, List<RunFinding> findings) {
        boolean taken = false;
        for (RunCollector collector : LISTENING) {
            taken |= collector.take(folder, reports, findings);
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

    private synchronized boolean take(Path folder, List<TestReport> finished, List<RunFinding> found) {
        boolean mine = tests.values().stream()
                .anyMatch(
                        test -> finished.stream().anyMatch(report -> report.id().equals(test.id)));
        if (mine) {
            folders.add(folder);
            finished.forEach(report -> reports.put(report.id(), report));
            findings.addAll(found);
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
            test.entries.add(new Entry("", Status.SKIPPED, reason));
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
            result.getThrowable().ifPresent(thrown -> test.entries.add(InvocationOutcome.of("", thrown)));
        } else if (parent != null) {
            parent.entries.add(result.getThrowable()
                    .map(thrown -> InvocationOutcome.of(identifier.getDisplayName(), thrown))
                    .orElseGet(() -> new Entry(identifier.getDisplayName(), Status.PASS, "")));
        } else {
            result.getThrowable()
                    .map(thrown -> InvocationOutcome.of("", thrown))
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
            List<Entry> entries = test.all().isEmpty()
                    ? List.of(notStarted(test))
                    : List.copyOf(test.all().values());
            all.add(new RunSummary.Test(
                    test.id,
                    report,
                    entries.stream().map(entry -> found(test.id, entry)).toList()));
        }
        return new RunSummary(all, List.copyOf(folders));
    }

    // A verdict counts even where it is told not to fail the test.
    private Entry found(String test, Entry entry) {
        for (RunFinding finding : findings) {
            Status status = Status.of(finding.verdict());
            if (finding.test().equals(test)
                    && finding.invocation().equals(entry.name())
                    && status.compareTo(entry.status()) > 0) {
                return new Entry(entry.name(), status, entry.message().isEmpty() ? finding.message() : entry.message());
            }
        }
        return entry;
    }

    private Entry notStarted(Followed test) {
        for (UniqueId ancestor : test.ancestors) {
            Ended ended = containers.get(ancestor);
            if (ended != null) {
                return new Entry("", ended.status(), ended.reason());
            }
        }
        return stopped
                ? new Entry("", Status.ERROR, "did not run or did not end: the run ended early")
                : new Entry("", Status.SKIPPED, "did not run");
    }
}
