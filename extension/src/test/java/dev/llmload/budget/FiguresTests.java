package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTests {
    @ParameterizedTest
    @CsvSource({
        "1620, 1620",
        "1620.4, 1620",
        "97, 97.0",
        "15.64, 15.6",
        "5.674, 5.67",
        "0.1764, 0.176",
        "0.012345, 0.0123",
        "0, 0",
        "1E10, 10000000000",
        "Infinity, ∞"
    })
    void threeSignificantDigitsOrAllWholeOnes(double value, String text) {
        assertThat(Figures.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1620, 1500, 1620",
        "1500.4, 1500, 1500.4",
        "1499.6, 1500, 1499.6",
        "1500.000001, 1500, 1500.000001",
        "1499.9999, 1500, 1499.9999",
        "1500, 1500, 1500",
        "1500.6, 1500.9, 1500.6",
        "98.96, 99, 98.96",
        "0.00012345, 0.000123, 0.0001235"
    })
    void valueNeverLooksLikeALimitItDiffersFrom(double value, double limit, String text) {
        assertThat(Figures.number(value, limit)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ttft p95 < 1500 ms     | 1620   | 1620 ms    | +8.0 %
            ttft p95 < 1500 ms     | 1500.4 | 1500.4 ms  | +0.03 %
            ttft p95 < 1500 ms     | 1500   | 1500 ms    | 0.0 %
            ttft p95 < 1.5 s       | 1.2    | 1.20 s     | -20.0 %
            ttft p95 < 0 ms        | 3      | 3.00 ms    | +3.0 ms
            success_rate >= 99%    | 97     | 97.0 %     | -2.0 pt
            success_rate >= 99%    | 99.96  | 99.96 %    | +1.0 pt
            success_rate >= 99%    | 100    | 100 %      | +1.0 pt
            cost_per_million < 2 $ | 2.5    | 2.50 $     | +25.0 %
            """)
    void valueAndDistance(String budget, double actual, String value, String distance) {
        BudgetOutcome outcome = outcome(budget, OptionalDouble.of(actual), Optional.empty());

        assertThat(Figures.value(outcome)).isEqualTo(value);
        assertThat(Figures.distance(outcome)).isEqualTo(distance);
    }

    @Test
    void absentValueIsADash_withoutDistance() {
        BudgetOutcome outcome = outcome("ttft p95 < 1 s", OptionalDouble.empty(), Optional.empty());

        assertThat(Figures.value(outcome)).isEqualTo("–");
        assertThat(Figures.distance(outcome)).isEmpty();
        assertThat(Figures.interval(outcome)).isEmpty();
        assertThat(Figures.limit(outcome)).isEqualTo("< 1 s");
    }

    @Test
    void intervals() {
        assertThat(Figures.interval(
                        outcome("ttft p95 < 1500 ms", OptionalDouble.of(1620), Optional.of(new double[] {1571, 1702}))))
                .isEqualTo("95 % CI 1571–1702 ms");
        assertThat(Figures.interval(outcome("ttft p95 < 1500 ms", OptionalDouble.of(1620), Optional.of(new double[] {
                    1500.4, Double.POSITIVE_INFINITY
                }))))
                .isEqualTo("95 % CI 1500.4–∞ ms");
        assertThat(Figures.interval(requests(495, 5, 0).judge("success_rate >= 99%", 0.9)))
                .isEqualTo("90 % CI 97.9–99.6 %");
    }

    private static BudgetOutcome outcome(String budget, OptionalDouble actual, Optional<double[]> interval) {
        return new BudgetOutcome(
                BudgetParser.parse(budget, "method", List.of(), 0),
                Verdict.FAIL,
                actual,
                interval,
                "",
                OptionalDouble.empty());
    }
}
