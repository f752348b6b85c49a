package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Printable;
import dev.llmload.result.Secrets;
import dev.llmload.result.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
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
    /** What an invocation came to, in rising order of what it takes to see it. */
    public enum Status {
        /** All budgets hold, and so did the test's own assertions. */
        PASS,
        /** Disabled, or there was nothing to do. */
        SKIPPED,
        /** A budget has no source of its value here. */
        NOT_MEASURED,
        /** Measured, but it cannot decide. */
        INCONCLUSIVE,
        /** It could not run or finish: the endpoint is unusable, or an exception that is no assertion. */
        ERROR,
        /** What is declared or configured is wrong. */
        MISCONFIGURED,
        /** A budget is broken, or an assertion of the test. */
        FAIL;

        /** The status of a verdict. */
        public static Status of(Verdict verdict) {
            return switch (verdict) {
                case PASS -> PASS;
                case NOT_MEASURED -> NOT_MEASURED;
                case INCONCLUSIVE -> INCONCLUSIVE;
                case FAIL -> FAIL;
            };
        }

        /** Whether it is one that nobody should read over. */
        public boolean isGrave() {
            return this == FAIL || this == MISCONFIGURED || this == ERROR;
        }

        public String mark() {
            return switch (this) {
                case PASS -> "✔";
                case SKIPPED, NOT_MEASURED -> "–";
                case INCONCLUSIVE -> "?";
                case ERROR, MISCONFIGURED, FAIL -> "✘";
            };
        }

        public String words() {
            return name().replace('_', ' ');
        }
    }

    /**
     * One invocation, usually a level.
     *
     * @param name its display name; empty where it is the test as a whole
     * @param status what it came to
     * @param message why, in full; empty for a pass
     */
    public record Entry(String name, Status status, String message) {
        /** A test's own failure may hold anything: it is shown, not obeyed. */
        public Entry {
            message = Printable.lines(Secrets.none().redact(message));
        }

        /** The first line that says anything. */
        public String firstLine() {
            return message.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * One load test.
     *
     * @param id {@code com.acme.ChatReleaseTest#chat}
     * @param report what was measured; empty if nothing was
     * @param entries its invocations, in order
     */
    public record Test(String id, Optional<TestReport> report, List<Entry> entries) {
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

        boolean simulated() {
            return report.filter(TestReport::simulated).isPresent();
        }
    }

    /** Copies the lists. */
    public RunSummary {
        tests = List.copyOf(tests);
        folders = List.copyOf(folders);
    }

    /** The gravest of all; {@link Status#SKIPPED} if there is nothing. */
    public Status status() {
        return tests.stream()
                .flatMap(test -> test.entries().stream())
                .map(Entry::status)
                .max(Status::compareTo)
                .orElse(Status.SKIPPED);
    }

    /** Whether no test was offered any load, and none failed either: all are disabled, skipped or aborted before it. */
    public boolean nothingRan() {
        return status() == Status.SKIPPED
                && count(Status.PASS) == 0
                && tests.stream()
                        .flatMap(test -> test.report().stream())
                        .allMatch(report -> report.levels().isEmpty());
    }

    /** What the tests' messages begin with, each once. */
    public String reasons() {
        return tests.stream()
                .flatMap(test -> test.entries().stream())
                .map(Entry::firstLine)
                .filter(line -> !line.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** How many came to a status. */
    public long count(Status status) {
        return tests.stream()
                .flatMap(test -> test.entries().stream())
                .filter(entry -> entry.status() == status)
                .count();
    }

    /** Whether the embedded simulator answered anything. */
    public boolean simulated() {
        return tests.stream().anyMatch(Test::simulated);
    }

    /** {@code 1 FAIL, 4 PASS}; the gravest first. */
    public String counts() {
        return Arrays.stream(Status.values())
                .sorted(java.util.Comparator.reverseOrder())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status.words())
                .collect(Collectors.joining(", "));
    }
}
