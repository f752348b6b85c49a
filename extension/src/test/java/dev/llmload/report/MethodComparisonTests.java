package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.report.console.SideBySideTable;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.report.file.SummaryMarkdown;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of one class at equal levels, side by side. */
class MethodComparisonTests {
    private static TestReport test(String id, Levels... levels) {
        return new TestReport(
                id, id, java.util.Arrays.stream(levels).map(Levels::judged).toList(), List.of());
    }

    private static final TestReport CURRENT = test(
            "com.acme.TwoBackEnds#current",
            Levels.users(10).latency(800, 20, 0.2),
            Levels.users(50).latency(1200, 22, 0.2));
    private static final TestReport CANDIDATE = test(
            "com.acme.TwoBackEnds#candidate",
            Levels.users(10).latency(600, 20, 0.2).throughput(1501),
            Levels.users(100).latency(1200, 22, 0.2));

    @Test
    void onlyEqualLevelsOfOneClass_areCompared() {
        TestReport other = test("com.acme.Other#load", Levels.users(10));
        List<MethodComparison> all = MethodComparison.of(List.of(CURRENT, other, CANDIDATE));

        assertThat(all).hasSize(1);
        assertThat(all.get(0).first()).isSameAs(CURRENT);
        assertThat(all.get(0).levels())
                .extracting(level -> level.level().name())
                .containsExactly("10 users");
        assertThat(MethodComparison.of(List.of(CURRENT, other))).isEmpty();
        assertThat(MethodComparison.of(List.of(TestReport.unusable("com.acme.TwoBackEnds#x", "x", "down"), CURRENT)))
                .isEmpty();
    }

    @Test
    void theConsoleShowsBothSides_theDifference_andWhoIsBetter() {
        Golden.matches(
                "side-by-side.txt",
                SideBySideTable.render(
                        MethodComparison.of(List.of(CURRENT, CANDIDATE)).get(0)));
    }

    @Test
    void theSummaryHasATable_andResultsTheNumbers() {
        String summary = SummaryMarkdown.render(List.of(CURRENT, CANDIDATE));
        assertThat(summary)
                .contains("## Side by side · TwoBackEnds: current (A) and candidate (B)")
                .contains("| 10 users | A | B | B against A (95 % CI) | better |")
                .containsPattern(
                        "\\| TTFT p50 \\| \\d+ ms \\| \\d+ ms \\| -2\\d\\.\\d % \\(-2\\d\\.\\d to -2\\d\\.\\d\\) \\| within this run \\|")
                .contains("| no difference shown |");

        assertThat(ResultsJson.render(List.of(CURRENT, CANDIDATE), false))
                .contains("\"side_by_side\"")
                .contains("\"a\": \"com.acme.TwoBackEnds#current\"")
                .contains("\"better\": \"within this run\"")
                .contains("\"better\": \"not known: 1 run\"");
        assertThat(ResultsJson.render(List.of(CURRENT), false)).doesNotContain("side_by_side");
    }
}
