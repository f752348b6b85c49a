package dev.llmload.budget.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Comparator;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Metric;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class BudgetParserTests {
    public static BudgetRule budget(String text) {
        return BudgetParser.parse(text, "method", List.of(), 0);
    }

    @Test
    void everyPartIsRead() {
        assertThat(BudgetParser.parse("ttft p95 < 1500 ms", "class ChatSlo", List.of("100 users"), 0.95))
                .isEqualTo(new BudgetRule(
                        Metric.TTFT,
                        Statistic.percentile(95),
                        Comparator.LESS,
                        1500,
                        "ms",
                        false,
                        "class ChatSlo",
                        List.of("100 users"),
                        0.95));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ttft p95 < 1500 ms              | ttft p95 < 1500 ms
            TTFT P95<1500MS                 | ttft p95 < 1500 ms
            "  ttft   p95   <   1,500   ms "| ttft p95 < 1500 ms
            ttft p95 < 1.50 s               | ttft p95 < 1.5 s
            ttft p099.90 ≤ 12,345,678.5 us  | ttft p99.9 <= 12345678.5 us
            itl p99.99 < 40 µs              | itl p99.99 < 40 us
            ttfo mean < 2 s                 | ttfo mean < 2 s
            ttfb min > 1 ms                 | ttfb min > 1 ms
            connect max <= 0.5 s            | connect max <= 0.5 s
            tpot p50 < 50 ms                | tpot p50 < 50 ms
            e2e p100 < 1 s                  | e2e p100 < 1 s
            stream_close p90 < 5 ms         | stream_close p90 < 5 ms
            dispatch_delay p99 < 5 ms       | dispatch_delay p99 < 5 ms
            service_ttft p95 < 2 s          | service_ttft p95 < 2 s
            service_ttfo p95 < 2 s          | service_ttfo p95 < 2 s
            service_e2e p95 < 2 s           | service_e2e p95 < 2 s
            request_speed p5 ≥ 20 tok/s     | request_speed p5 >= 20 tok/s
            output_speed p0.1 > 20 TOK/S    | output_speed p0.1 > 20 tok/s
            success_rate >= 99%             | success_rate >= 99 %
            success_rate>=99.5 %            | success_rate >= 99.5 %
            good_fraction >= 90%            | good_fraction >= 90 %
            mfu >= 12%                      | mfu >= 12 %
            decode_mfu >= 12%               | decode_mfu >= 12 %
            mbu >= 40%                      | mbu >= 40 %
            gpu_util >= 80%                 | gpu_util >= 80 %
            scaling_efficiency >= 110%      | scaling_efficiency >= 110 %
            throughput >= 1400 tok/s        | throughput >= 1400 tok/s
            total_throughput >= 1,400 tok/s | total_throughput >= 1400 tok/s
            request_rate > 0.5 req/s        | request_rate > 0.5 req/s
            goodput > 2 req/s               | goodput > 2 req/s
            capacity >= 80 users            | capacity >= 80 users
            capacity >= 1 user              | capacity >= 1 users
            capacity >= 4 req/s             | capacity >= 4 req/s
            power < 300 w                   | power < 300 W
            energy < 10 kj                  | energy < 10 kJ
            energy < 3 wh                   | energy < 3 Wh
            energy < 3 j                    | energy < 3 J
            joules_per_token < 0.2 J        | joules_per_token < 0.2 J
            tokens_per_joule > 5 tok/j      | tokens_per_joule > 5 tok/J
            gpu_memory < 40 gb              | gpu_memory < 40 GB
            gpu_temperature < 80 °C         | gpu_temperature < 80 °C
            gpu_temperature < 80 c          | gpu_temperature < 80 °C
            cost_per_million < 2 $          | cost_per_million < 2 $
            cost_per_million < $2           | cost_per_million < 2 $
            cost_per_million < $ 2.50       | cost_per_million < 2.5 $
            ttft p95 <= 110% of baseline    | ttft p95 <= 110 % of baseline
            throughput >= 95 %OF BASELINE   | throughput >= 95 % of baseline
            success_rate >= 99% of baseline | success_rate >= 99 % of baseline
            """)
    void printsInOneNormalForm(String text, String normal) {
        assertThat(budget(text).text()).isEqualTo(normal);
        assertThat(budget(text)).hasToString(normal);
        assertThat(budget(normal)).isEqualTo(budget(text));
    }

    @Test
    void partsOfTheNormalFormAreToBeHad() {
        assertThat(budget("ttft p95 <= 110% of baseline").name()).isEqualTo("ttft p95");
        assertThat(budget("ttft p95 <= 110% of baseline").limitText()).isEqualTo("<= 110 % of baseline");
        assertThat(budget("success_rate >= 99%").name()).isEqualTo("success_rate");
    }

    @Test
    void lineEndsAndTabsAreWhiteSpace() {
        assertThat(budget("ttft\n\tp95\u00a0<\r\n1500 ms\n").text()).isEqualTo("ttft p95 < 1500 ms");
    }

    @Test
    void confidenceOutOfRangeIsRefused() {
        assertThatThrownBy(() -> BudgetParser.parse("ttft p95 < 1 s", "method", List.of(), 95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`confidence` must be 0 (off), or above 0.5 and below 1, but was 95.0");
    }

    @Nested
    class Lists {
        @Test
        void semicolonsSeparate_emptyEntriesAreSkipped() {
            assertThat(BudgetParser.parseList("; ttft p95 < 1 s;\n success_rate >= 99% ;;", "key llmload.budgets"))
                    .extracting(BudgetRule::text, BudgetRule::source)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("ttft p95 < 1 s", "key llmload.budgets"),
                            org.assertj.core.groups.Tuple.tuple("success_rate >= 99 %", "key llmload.budgets"));
        }

        @Test
        void blankTextHoldsNoBudget() {
            assertThat(BudgetParser.parseList(" ", "key llmload.budgets")).isEmpty();
        }

        @Test
        void columnOfAMistakeCountsInTheWholeText() {
            assertThatThrownBy(() -> BudgetParser.parseList("ttft p95 < 1 s; mfu >= 12; e2e p95 < 1 s", "key b"))
                    .isInstanceOf(BudgetSyntaxException.class)
                    .hasMessage("""
                            budget (key b): a unit is missing, found the end
                              ttft p95 < 1 s; mfu >= 12; e2e p95 < 1 s
                                                       ^
                              expected the unit %, or "% of baseline\"""");
        }
    }

    @Nested
    class Warnings {
        @Test
        void usualBudgetHasNone() {
            assertThat(BudgetParser.warnings(budget("ttft p95 < 1 s"))).isEmpty();
            assertThat(BudgetParser.warnings(budget("success_rate >= 100 %"))).isEmpty();
            assertThat(BudgetParser.warnings(budget("capacity >= 80 users"))).isEmpty();
        }

        @Test
        void comparatorAgainstTheSenseOfALatency() {
            assertThat(BudgetParser.warnings(budget("ttft p95 > 1 s")))
                    .containsExactly(
                            "budget \"ttft p95 > 1 s\" (method) goes against the sense of ttft: lower is better,"
                                    + " yet it fails when the value is low");
        }

        @Test
        void comparatorAgainstTheSenseOfASpeed() {
            assertThat(BudgetParser.warnings(budget("output_speed p95 < 50 tok/s")))
                    .containsExactly("budget \"output_speed p95 < 50 tok/s\" (method) goes against the sense of"
                            + " output_speed: higher is better, yet it fails when the value is high");
        }

        @Test
        void limitThatNoValueHolds() {
            assertThat(BudgetParser.warnings(budget("ttft p95 < 0 ms")))
                    .containsExactly("budget \"ttft p95 < 0 ms\" (method) can never hold");
            assertThat(BudgetParser.warnings(budget("success_rate > 100%")))
                    .containsExactly("budget \"success_rate > 100 %\" (method) can never hold");
        }

        @Test
        void limitThatEveryValueHolds() {
            assertThat(BudgetParser.warnings(budget("throughput >= 0 tok/s")))
                    .containsExactly("budget \"throughput >= 0 tok/s\" (method) always holds");
        }

        @Test
        void levelOfASweepBudget() {
            assertThat(BudgetParser.warnings(
                            BudgetParser.parse("capacity >= 80 users", "method", List.of("100 users"), 0)))
                    .containsExactly(
                            "budget \"capacity >= 80 users\" (method) is judged once over all levels; its level"
                                    + " \"100 users\" has no effect");
        }
    }
}
