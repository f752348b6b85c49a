package dev.llmload.report;

import dev.llmload.result.text.CountText;
import dev.llmload.spi.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run, or one test of it, came to as a whole: the gravest of its invocations. Immutable.
 *
 * @param items every invocation, in the order of running
 */
public record RunOutcome(List<Item> items) {
    /**
     * One invocation of a test.
     *
     * @param test id of the test
     * @param outcome what it came to
     * @param judges whether it judged anything: the comparison of the levels does only where a budget is on all of them
     */
    public record Item(String test, InvocationOutcome outcome, boolean judges) {
        /** One that judged something. */
        public Item(String test, InvocationOutcome outcome) {
            this(test, outcome, true);
        }

        /** {@code ChatReleaseTest.chat @ 100 users}. */
        public String place() {
            return TestReport.shortName(test) + (outcome.name().isEmpty() ? "" : " @ " + outcome.name());
        }

        /** {@code ✘ ChatReleaseTest.chat @ 100 users: ttft p95 1620 ms, budget < 1500 ms, +8.0 %}, one for each cause. */
        public List<String> lines() {
            if (outcome.causes().isEmpty()) {
                return List.of(outcome.status().mark() + " " + place() + ": "
                        + outcome.status().words());
            }
            return outcome.causes().stream()
                    .map(cause -> cause.status().mark() + " " + place() + ": " + cause.sentence())
                    .toList();
        }
    }

    /** Copies the list. */
    public RunOutcome {
        items = List.copyOf(items);
    }

    /** Of tests that ran. */
    public static RunOutcome of(List<TestReport> tests) {
        return new RunOutcome(tests.stream()
                .flatMap(test -> test.outcomes().stream()
                        .map(outcome -> new Item(test.id(), outcome, !test.comparesOnly(outcome))))
                .toList());
    }

    /** The gravest of all; {@link Status#SKIPPED} only where nothing passed either. */
    public Status status() {
        Status gravest = items.stream()
                .map(item -> item.outcome().status())
                .max(Status::compareTo)
                .orElse(Status.SKIPPED);
        return gravest == Status.SKIPPED && count(Status.PASS) > 0 ? Status.PASS : gravest;
    }

    /** How many that judged anything came to a status. */
    public long count(Status status) {
        return items.stream()
                .filter(Item::judges)
                .filter(item -> item.outcome().status() == status)
                .count();
    }

    /** {@code 1 FAIL, 4 PASS, 1 comparison}; the gravest first, what judged nothing last. */
    public String counts() {
        long comparisons = items.stream().filter(item -> !item.judges()).count();
        Stream<String> judged = Arrays.stream(Status.values())
                .sorted(Comparator.reverseOrder())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status.words());
        Stream<String> compared =
                comparisons == 0 ? Stream.empty() : Stream.of(CountText.of(comparisons, "comparison"));
        return Stream.concat(judged, compared).collect(Collectors.joining(", "));
    }

    /** What did not pass, the gravest first. */
    public List<Item> wrong() {
        return items.stream()
                .filter(item -> item.outcome().status() != Status.PASS)
                .sorted(Comparator.comparing((Item item) -> item.outcome().status())
                        .reversed())
                .toList();
    }

    /**
     * One sentence of why it did not pass.
     *
     * @param item of which invocation
     * @param status of the cause, which may be less grave than the invocation's
     * @param sentence with its mark, place and cause
     */
    public record Reason(Item item, Status status, String sentence) {}

    /**
     * Why it did not pass, a sentence each, the gravest first: of each invocation the first cause, before any second one.
     *
     * @param most how many at most
     */
    public List<String> reasons(int most) {
        List<Reason> all = reasons();
        return all.subList(0, Math.min(most, all.size())).stream()
                .map(Reason::sentence)
                .toList();
    }

    /** All of them, in that order. */
    public List<Reason> reasons() {
        List<Item> wrong = wrong();
        int deepest = wrong.stream().mapToInt(item -> item.lines().size()).max().orElse(0);
        List<Reason> all = new ArrayList<>();
        for (int i = 0; i < deepest; i++) {
            for (Item item : wrong) {
                if (i < item.lines().size()) {
                    all.add(new Reason(
                            item,
                            item.outcome().causes().isEmpty()
                                    ? item.outcome().status()
                                    : item.outcome().causes().get(i).status(),
                            item.lines().get(i)));
                }
            }
        }
        return List.copyOf(all);
    }

    /** {@code ✘ FAIL}. */
    public String verdict() {
        return status().mark() + " " + status().words();
    }

    /** {@code ✘ FAIL: 1 FAIL, 4 PASS}. */
    public String headline() {
        return verdict() + (items.isEmpty() ? "" : ": " + counts());
    }
}
