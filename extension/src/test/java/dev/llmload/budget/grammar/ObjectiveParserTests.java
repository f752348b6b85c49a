package dev.llmload.budget.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.budget.BudgetRule;
import dev.llmload.result.Metric;
import dev.llmload.result.request.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveParserTests {
    @Test
    void severalAreSeparatedByCommasOrSemicolons_andACommaBetweenDigitsIsNone() {
        List<Objective> all = ObjectiveParser.parseList(" TTFT<1,500 ms, tpot ≤ 0.05 s; output_speed >= 20 tok/s ;");

        assertThat(all)
                .extracting(Objective::text)
                .containsExactly("ttft < 1500 ms", "tpot <= 0.05 s", "output_speed >= 20 tok/s");
        assertThat(all.get(0)).isEqualTo(new Objective(Metric.TTFT, true, false, 1.5e9, "ttft < 1500 ms"));
        assertThat(all.get(1).limit()).isEqualTo(5e7);
        assertThat(all.get(2).upper()).isFalse();
    }

    @Test
    void conditionsAreSeparatedLikewise_andAreCalledSoInMessages() {
        assertThat(BudgetParser.parseConditions("success_rate < 90%, ttft p95 > 1,500 ms; "))
                .extracting(BudgetRule::text)
                .containsExactly("success_rate < 90 %", "ttft p95 > 1500 ms");
        assertThatThrownBy(() -> BudgetParser.parseConditions("ttft p95 > 1 s, e2ee p95 > 9 s"))
                .hasMessageStartingWith("condition: unknown metric \"e2ee\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ";", " , "})
    void nothingIsNoObjective(String text) {
        assertThat(ObjectiveParser.parseList(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tfft < 1 s              | 1  | unknown metric "tfft"
            ttft p95 < 1 s          | 6  | each request has one ttft, so no statistic is taken, but found "p95"
            ttft < 1 s, itl < 1 ms  | 13 | itl is not a value that each request has one of
            success_rate >= 99 %    | 1  | success_rate is not a value that each request has one of
            ttft 1 s                | 6  | a comparator is missing, found "1"
            ttft < 1                | 9  | a unit is missing, found the end
            ttft < 10 %             | 11 | the unit "%" does not fit ttft
            ttft < 1 s tpot < 1 ms  | 12 | unexpected "tpot" after the limit
            """)
    void aMistakeIsShownWithItsPlace(String text, int column, String problem) {
        assertThatThrownBy(() -> ObjectiveParser.parseList(text))
                .isInstanceOfSatisfying(
                        BudgetSyntaxException.class, e -> assertThat(e.column()).isEqualTo(column))
                .hasMessageStartingWith("objective: " + problem + "\n  " + text + "\n");
    }
}
