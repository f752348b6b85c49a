package dev.llmload.junit.run;

import dev.llmload.junit.declared.PlannedTests;
import dev.llmload.result.text.CountText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Load tests that a session of JUnit's launcher found and a filter of its requests removed. One thread's. */
final class LeftOut {
    /** A session may run another one in a test of its own. */
    private static final ThreadLocal<Deque<LeftOut>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

    /** By which Surefire and Failsafe are told what to run. */
    private static final List<String> SELECTIONS = List.of("test", "it.test");

    private static final int NAMED = 3;

    private final List<TestDescriptor> found = new ArrayList<>();

    /** Id of each load test that is left out, and why. */
    private final Map<String, String> removed = new TreeMap<>();

    private boolean anythingLeft;

    static void open() {
        OPEN.get().push(new LeftOut());
    }

    static Optional<LeftOut> current() {
        return Optional.ofNullable(OPEN.get().peek());
    }

    /**
     * Ends the session of this thread.
     *
     * @param properties the system properties
     * @return what there is to say
     */
    static Optional<String> close(UnaryOperator<String> properties) {
        LeftOut ended = OPEN.get().poll();
        if (OPEN.get().isEmpty()) {
            OPEN.remove();
        }
        return ended == null ? Optional.empty() : ended.sentence(properties);
    }

    /** A test or container before the filters of its request. */
    void found(TestDescriptor test) {
        found.add(test);
    }

    /** After the filters: what they removed is no longer in the tree. */
    void filtered(List<PostDiscoveryFilter> filters) {
        for (TestDescriptor test : found) {
            if (isLeft(test)) {
                anythingLeft |= test.isTest()
                        || test.mayRegisterTests()
                                && !test.isRoot()
                                && test.getChildren().isEmpty();
            } else {
                loadTest(test).ifPresent(id -> removed.put(id, reason(test, filters)));
            }
        }
        found.clear();
    }

    private static boolean isLeft(TestDescriptor test) {
        TestDescriptor at = test;
        while (at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return at.getUniqueId().getSegments().size() == 1;
    }

    private static Optional<String> loadTest(TestDescriptor test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .flatMap(PlannedTests::loadTest)
                .map(PlannedTests.Planned::id);
    }

    private static String reason(TestDescriptor test, List<PostDiscoveryFilter> filters) {
        return filters.stream()
                .map(filter -> ((Filter<TestDescriptor>) filter).apply(test))
                .filter(FilterResult::excluded)
                .flatMap(result -> result.getReason().stream())
                .findFirst()
                .orElse("a filter removed it");
    }

    // A build whose unit tests run without the load tests wants that. Nobody wants a run of nothing, or of less than
    // was
    // asked for by name; a filter on methods is such a wish itself.
    private Optional<String> sentence(UnaryOperator<String> properties) {
        boolean named = Stream.of(SELECTIONS.toArray(String[]::new))
                .map(properties)
                .anyMatch(value -> value != null && !value.isBlank());
        Map<String, String> said = new TreeMap<>(removed);
        if (anythingLeft) {
            said.values().removeIf(reason -> !named || !reason.contains("tag"));
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(sentence(List.copyOf(said.keySet()), said));
    }

    private static String sentence(List<String> ids, Map<String, String> reasons) {
        String first = ids.get(0).substring(0, ids.get(0).indexOf('#'));
        String simple = first.substring(first.lastIndexOf('.') + 1).replace('$', '.');
        return "[llm-load] warning: " + (ids.size() == 1 ? "a load test is" : ids.size() + " load tests are")
                + " selected but left out: " + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())))
                + (ids.size() > NAMED ? ", …" : "") + " (" + reasons.get(ids.get(0)) + "). To run "
                + CountText.form(ids.size(), "it", "them") + ": mvn verify -Dit.test=" + simple
                + " where Failsafe has <groups>llm-load</groups>, or any launcher without that filter";
    }
}
