package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetSyntaxException;
import dev.llmload.result.Metric;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One whole message for each kind of mistake. */
class BudgetMistakeTests {
    private static final String METRICS =
            "one of " + Metric.budgetable().stream().map(Metric::word).collect(Collectors.joining(", "));
    private static final String FORM =
            "metric [statistic] comparator limit, for example \"ttft p95 < 1500 ms\" or" + " \"success_rate >= 99 %\"";
    private static final String COMPARATORS = "a comparator: <, <=, > or >=";
    private static final String STATISTICS = "mean, min, max or a percentile such as p95";
    private static final String NUMBER = "a plain decimal number such as 1500, 1,500 or 1.5";
    private static final String TIMES = "the unit us or ms or s, or \"% of baseline\"";

    @Test
    void emptyText() {
        assertMistake("", "the text is empty", 1, FORM);
        assertMistake("   ", "the text is empty", 4, FORM);
    }

    @Test
    void noMetric() {
        assertMistake("< 1500 ms", "it must begin with a metric, but begins with \"<\"", 1, FORM);
    }

    @Test
    void otherOrder() {
        String problem = "the metric comes first, then its statistic after a blank";
        assertMistake("p95 ttft < 1500 ms", problem, 1, FORM, "ttft p95");
        assertMistake("P99.9 of E2E < 5 s", problem, 1, FORM, "e2e p99.9");
        assertMistake("p(95) ttft < 1 s", problem, 1, FORM, "ttft p95");
        assertMistake("p95(ttft) < 1 s", problem, 1, FORM, "ttft p95");
        assertMistake("avg itl < 50 ms", problem, 1, FORM, "itl mean");
        assertMistake("median tpot < 50 ms", problem, 1, FORM, "tpot p50");
        assertMistake("max e2e < 5 s", problem, 1, FORM, "e2e max");
        assertMistake("ttft_p95 < 1 s", problem, 1, FORM, "ttft p95");
        assertMistake("ttft.p95 < 1 s", problem, 1, FORM, "ttft p95");
        assertMistake("p95 throughput > 10 tok/s", problem, 1, FORM, "throughput");
    }

    @Test
    void fromTheScheduledInstant_isWhatThePlainWordsMean() {
        assertMistake("scheduled_ttft p95 < 1 s", "unknown metric \"scheduled_ttft\"", 1, METRICS, "ttft");
        assertMistake("SCHEDULED_E2E p95 < 1 s", "unknown metric \"SCHEDULED_E2E\"", 1, METRICS, "e2e");
        assertMistake("scheduled_ttfo p95 < 1 s", "unknown metric \"scheduled_ttfo\"", 1, METRICS, "ttfo");
    }

    @Test
    void statisticInBrackets() {
        String problem = "a statistic is written after a blank and without brackets";
        assertMistake("ttft p(95) < 1 s", problem, 6, STATISTICS, "ttft p95");
        assertMistake("ttft(p95) < 1 s", problem, 5, STATISTICS, "ttft p95");
    }

    @Test
    void statisticWithoutAMetric() {
        assertMistake("p(95) < 200 ms", "a metric is missing before the statistic p95", 1, FORM, "ttft p95");
        assertMistake("p95<200ms", "a metric is missing before the statistic p95", 1, FORM, "ttft p95");
    }

    @Test
    void unknownMetric() {
        assertMistake("tfft p95 < 1500 ms", "unknown metric \"tfft\"", 1, METRICS, "ttft");
        assertMistake("  success-rate >= 99%", "unknown metric \"success-rate\"", 3, METRICS, "success_rate");
        assertMistake("tpto p95 < 1 s", "unknown metric \"tpto\"", 1, METRICS, "tpot");
        assertMistake("Latency p95 < 1 s", "unknown metric \"Latency\"", 1, METRICS, "e2e");
    }

    @Test
    void invisibleCharacter() {
        assertMistake("ttft\u200b p95 < 1 s", "invisible character U+200B", 5, "the text without it");
        assertMistake("\ufeffttft p95 < 1 s", "invisible character U+FEFF", 1, "the text without it");
    }

    @Test
    void wordNearNothingHasNoSuggestion() {
        assertMistake("qqqqqqqq p95 < 1 s", "unknown metric \"qqqqqqqq\"", 1, METRICS);
    }

    @Test
    void missingStatistic() {
        assertMistake("ttft < 1500 ms", "ttft needs a statistic, but found \"<\"", 6, STATISTICS);
        assertMistake("output_speed", "output_speed needs a statistic, but found the end", 13, STATISTICS);
    }

    @Test
    void needlessStatistic() {
        assertMistake(
                "success_rate p95 >= 99%",
                "success_rate is one number and takes no statistic, but found \"p95\"", 14, COMPARATORS);
    }

    @Test
    void wordAfterAMetricThatIsOneNumber() {
        assertMistake("throughput of >= 3 tok/s", "unexpected \"of\"", 12, COMPARATORS);
    }

    @Test
    void unknownStatistic() {
        assertMistake("ttft avg < 1 s", "unknown statistic \"avg\"", 6, STATISTICS, "mean");
        assertMistake("ttft maxx < 1 s", "unknown statistic \"maxx\"", 6, STATISTICS, "max");
        assertMistake("ttft median < 1 s", "unknown statistic \"median\"", 6, STATISTICS, "p50");
    }

    @Test
    void percentileOutOfRange() {
        assertMistake("ttft p0 < 1 s", "percentile out of range: \"p0\"", 6, "a percentile above p0 and at most p100");
        assertMistake(
                "ttft p100.1 < 1 s",
                "percentile out of range: \"p100.1\"",
                6,
                "a percentile above p0 and at most p100");
    }

    @Test
    void missingComparator() {
        assertMistake("ttft p95 1500 ms", "a comparator is missing, found \"1500\"", 10, COMPARATORS);
        assertMistake("mfu", "a comparator is missing, found the end", 4, COMPARATORS);
    }

    @Test
    void unknownComparator() {
        assertMistake("ttft p95 =< 1 s", "unknown comparator \"=<\"", 10, COMPARATORS, "<=");
        assertMistake("throughput = 9 tok/s", "unknown comparator \"=\"", 12, COMPARATORS, ">=");
        assertMistake("ttft p95 == 1 s", "unknown comparator \"==\"", 10, COMPARATORS, "<=");
        assertMistake("throughput ＞ 9 tok/s", "unknown comparator \"＞\"", 12, COMPARATORS, ">");
    }

    @Test
    void missingLimit() {
        assertMistake("ttft p95 <", "a limit is missing, found the end", 11, NUMBER);
        assertMistake("ttft p95 < -5 ms", "a limit is missing, found \"-5\"", 12, NUMBER);
    }

    @Test
    void exponent() {
        assertMistake("ttft p95 < 1.5e3 ms", "no exponent is read: \"1.5e3\"", 12, NUMBER);
    }

    @Test
    void brokenNumber() {
        String marks = NUMBER + " (the decimal mark is a point, a comma sets off thousands)";
        assertMistake("ttft p95 < 1,5 s", "not a number: \"1,5\"", 12, marks);
        assertMistake("ttft p95 < 1.5.0 s", "not a number: \"1.5.0\"", 12, marks);
        assertMistake("ttft p95 < .5 s", "not a number: \".5\"", 12, marks);
    }

    @Test
    void moreDigitsThanCanBeCompared() {
        assertMistake(
                "ttft p95 < 1500.00000000000001 ms",
                "too many digits: \"1500.00000000000001\"",
                12,
                "at most 15 digits");
    }

    @Test
    void missingUnit() {
        assertMistake("ttft p95 < 1500", "a unit is missing, found the end", 16, TIMES);
    }

    @Test
    void unknownUnit() {
        assertMistake("ttft p95 < 1500 mss", "unknown unit \"mss\"", 17, TIMES, "ms");
        assertMistake("ttft p95 < 2 seconds", "unknown unit \"seconds\"", 14, TIMES, "s");
        assertMistake(
                "throughput > 2 tokens/s",
                "unknown unit \"tokens/s\"",
                16,
                "the unit tok/s, or \"% of baseline\"",
                "tok/s");
    }

    @Test
    void unitThatDoesNotFit() {
        assertMistake("ttft p95 < 1500 tok/s", "the unit \"tok/s\" does not fit ttft", 17, TIMES);
        assertMistake("ttft p95 < 50%", "the unit \"%\" does not fit ttft", 14, TIMES);
        assertMistake("ttft p95 < $ 50", "the unit \"$\" does not fit ttft", 12, TIMES);
    }

    @Test
    void percentageOfSomethingElse() {
        assertMistake(
                "ttft p95 < 110% of basline",
                "a percentage can only be of the baseline, but found \"basline\"", 20, "\"baseline\"", "baseline");
        assertMistake(
                "ttft p95 < 110% of",
                "a percentage can only be of the baseline, but found the end", 19, "\"baseline\"");
    }

    @Test
    void ratioAboveItsWhole() {
        assertMistake(
                "success_rate >= 100.5%",
                "success_rate cannot exceed 100 %, but the limit is 100.5 %", 17, "a percentage from 0 to 100");
    }

    @Test
    void trailingText() {
        assertMistake(
                "ttft p95 < 1500 ms please do",
                "unexpected \"please\" after the limit",
                20,
                "nothing more: one budget a text");
        assertMistake(
                "ttft p95 < 1 s; mfu > 1%", "unexpected \";\" after the limit", 15, "nothing more: one budget a text");
        assertMistake(
                "ttft p95 < 1 s of baseline",
                "unexpected \"of\" after the limit",
                16,
                "nothing more: one budget a text");
        assertMistake(
                "cost_per_million < $2 $", "unexpected \"$\" after the limit", 23, "nothing more: one budget a text");
    }

    @Test
    void fastTailOfASpeed() {
        assertMistake(
                "output_speed p95 >= 20 tok/s",
                "percentiles of a speed are plain: output_speed p95 is the speed that only the fastest 5 % exceed",
                14,
                "p5, if 95 % of the requests must be at least this fast",
                "output_speed p5 >=");
        assertMistake(
                "request_speed p99.9 > 20 tok/s",
                "percentiles of a speed are plain: request_speed p99.9 is the speed that only the fastest 0.1 % exceed",
                15,
                "p0.1, if 99.9 % of the requests must be at least this fast",
                "request_speed p0.1 >");
        assertMistake(
                "request_speed p100 > 20 tok/s",
                "percentiles of a speed are plain: request_speed p100 is the speed that only the fastest 0 % exceed",
                15,
                "min, if 100 % of the requests must be at least this fast",
                "request_speed min >");
    }

    @Test
    void lineEndsDoNotMoveTheCaret() {
        BudgetSyntaxException mistake = mistake("ttft\tp95\n< 1500");

        assertThat(mistake).hasMessage("""
                budget (method): a unit is missing, found the end
                  ttft p95 < 1500
                                 ^
                  expected %s""", TIMES);
        assertThat(mistake.text()).isEqualTo("ttft\tp95\n< 1500");
        assertThat(mistake.column()).isEqualTo(16);
    }

    @Test
    void withoutSourceTheMessageNamesNone() {
        BudgetSyntaxException mistake =
                catchThrowableOfType(BudgetSyntaxException.class, () -> BudgetParser.parse("mfu", "", List.of(), 0));

        assertThat(mistake).hasMessageStartingWith("budget: a comparator is missing");
    }

    private static BudgetSyntaxException mistake(String text) {
        return catchThrowableOfType(
                BudgetSyntaxException.class, () -> BudgetParser.parse(text, "method", List.of(), 0));
    }

    private static void assertMistake(String text, String problem, int column, String expected) {
        assertThat(mistake(text))
                .hasMessage("budget (method): " + problem + "\n  " + text + "\n  " + " ".repeat(column - 1)
                        + "^\n  expected " + expected);
    }

    private static void assertMistake(String text, String problem, int column, String expected, String meant) {
        assertThat(mistake(text))
                .hasMessage("budget (method): " + problem + "\n  " + text + "\n  " + " ".repeat(column - 1)
                        + "^\n  expected " + expected + "\n  did you mean \"" + meant + "\"?");
    }
}
