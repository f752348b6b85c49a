package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.spi.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run came to, test by test, as the test engine saw it: budgets, but also bodies that failed and mistakes that kept
 * a test from running. Immutable.
 *
 * @param tests in the order of running
 * @param folders of the run's files: one, or none where no test got so far
 */
public record RunSummary(List<Test> tests, List<Path> folders) {
    /**
     * One load test.
     *
     * @param id {@code com.acme.ChatReleaseTest#chat}
     * @param report what was measured; empty if nothing was
     * @param entries its invocations, in order
     */
    public record Test(String id, Optional<TestReport> report, List<InvocationOutcome> entries) {
        /** Copies the list. */
        public Test {
            entries = List.copyOf(entries);
        }

        public Optional<LevelVerdict> level(String name) {
            return report.stream()
                    .flatMap(r -> r.levels().stream())
                    .filter(l -> l.result().level().name().equals(name))
                    .findFirst();
        }

        /** Whether an invocation passed and judged nothing: see {@link TestReport#comparesOnly}. */
        public boolean comparesOnly(InvocationOutcome entry) {
            return report.filter(r -> r.comparesOnly(entry)).isPresent();
        }

        /** The budgets on all levels together, where an invocation judged those. */
        public List<BudgetOutcome> sweep(InvocationOutcome entry) {
            return entry.name().isEmpty() || level(entry.name()).isPresent()
                    ? List.of()
                    : report.map(TestReport::sweep).orElse(List.of());
        }

        boolean simulated() {
            return report.filter(TestReport::simulated).isPresent();
        }
    }

    /** Copies the lists. */
    public RunSummary {
        tests = List.copyOf(tests);
        folders = List.copyOf(folders);
    }

    /** What it came to as a whole. */
    public RunOutcome outcome() {
        return new RunOutcome(tests.stream()
                .flatMap(test -> test.entries().stream()
                        .map(entry -> new RunOutcome.Item(test.id(), entry, !test.comparesOnly(entry))))
                .toList());
    }

    /** The gravest of all; {@link Status#SKIPPED} only where nothing passed either. */
    public Status status() {
        return outcome().status();
    }

    /** Whether no test was offered any load, and none failed either: all are disabled, skipped or aborted before it. */
    public boolean nothingRan() {
        return status() == Status.SKIPPED
                && tests.stream()
                        .flatMap(test -> test.report().stream())
                        .allMatch(report -> report.levels().isEmpty());
    }

    /** What the tests' messages begin with, each once. */
    public String reasons() {
        return tests.stream()
                .flatMap(test -> test.entries().stream())
                .map(InvocationOutcome::firstLine)
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** How many came to a status. */
    public long count(Status status) {
        return outcome().count(status);
    }

    /** Whether the embedded simulator answered anything. */
    public boolean simulated() {
        return tests.stream().anyMatch(Test::simulated);
    }

    /** {@code 1 FAIL, 4 PASS, 1 comparison}; the gravest first. */
    public String counts() {
        return outcome().counts();
    }
}
