package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetParserTests;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetRuleTests {
    private static BudgetRule of(Metric metric, Statistic statistic, double limit, String unit, boolean ofBaseline) {
        return new BudgetRule(metric, statistic, Comparator.LESS, limit, unit, ofBaseline, "method", List.of(), 0);
    }

    @Test
    void partsMustFitEachOther() {
        assertThatThrownBy(() -> of(Metric.TTFT, Statistic.NONE, 1, "ms", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttft must have a statistic, but has none");
        assertThatThrownBy(() -> of(Metric.MFU, Statistic.MAX, 1, "%", false))
                .hasMessage("mfu must have no statistic, but has max");
        assertThatThrownBy(() -> of(Metric.MFU, Statistic.NONE, 1, "ms", false))
                .hasMessage("the unit of mfu must be %, but was ms");
        assertThatThrownBy(() -> of(Metric.TTFT, Statistic.MAX, 1, "ms", true))
                .hasMessage("the unit of ttft of baseline must be %, but was ms");
        assertThatThrownBy(() -> of(Metric.TTFT, Statistic.MAX, 1, "parsec", false))
                .hasMessage("a unit must be one of the budget grammar, but was \"parsec\"");
        assertThatThrownBy(() -> of(Metric.TTFT, Statistic.MAX, -1, "ms", false))
                .hasMessage("a limit must be finite and at least 0, but was -1.0");
    }

    @Test
    void unitIsKeptInItsOneSpelling() {
        assertThat(of(Metric.TTFT, Statistic.MAX, 1, "µs", false).unit()).isEqualTo("us");
    }

    @Test
    void percentileOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Statistic.percentile(101))
                .hasMessage("a percentile must be above 0 and at most 100, but was 101.0");
    }

    @Test
    void levelsAreMetByTheirDisplayName() {
        BudgetRule everywhere = BudgetParser.parse("mfu > 1%", "method", List.of(), 0);
        BudgetRule somewhere = BudgetParser.parse("mfu > 1%", "method", List.of("1 user"), 0);

        assertThat(everywhere.appliesTo(Level.users(7))).isTrue();
        assertThat(somewhere.appliesTo(Level.users(7))).isFalse();
        assertThat(somewhere.appliesTo(Level.users(1))).isTrue();
    }

    @Test
    void capacityAndScalingEfficiencyBelongToTheSweep() {
        assertThat(BudgetParserTests.budget("capacity > 1 users").isSweepBudget())
                .isTrue();
        assertThat(BudgetParserTests.budget("scaling_efficiency > 1%").isSweepBudget())
                .isTrue();
        assertThat(BudgetParserTests.budget("throughput > 1 tok/s").isSweepBudget())
                .isFalse();
    }
}
