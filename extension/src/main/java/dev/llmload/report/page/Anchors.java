package dev.llmload.report.page;

import dev.llmload.report.RunOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.UnusableLevel;
import java.util.List;
import java.util.stream.Stream;

/** Where on the page an invocation is: {@code level-0-2} is the third level of the first test, {@code test-0} that test. */
record Anchors(List<TestReport> tests) {
    String of(RunOutcome.Item item) {
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).id().equals(item.test())) {
                int level = names(tests.get(i)).indexOf(item.outcome().name());
                return level < 0 ? "test-" + i : "level-" + i + "-" + level;
            }
        }
        return "levels";
    }

    // As results.json has them.
    private static List<String> names(TestReport test) {
        return Stream.concat(
                        test.levels().stream()
                                .map(level -> level.result().level().name()),
                        test.unusable().stream().map(UnusableLevel::level).map(level -> level.name()))
                .toList();
    }
}
