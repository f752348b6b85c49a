package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetSyntaxException;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The normal form says everything: reading it gives the same budget again. */
class BudgetTextTests {
    @Property(tries = 2000, seed = "42")
    void readingTheNormalFormIsTheIdentity(@ForAll("budgets") BudgetRule budget) {
        assertThat(read(budget.text(), budget)).isEqualTo(budget);
    }

    @Property(tries = 500, seed = "42")
    void caseAndWhiteSpaceDoNotMatter(@ForAll("budgets") BudgetRule budget) {
        String spread = budget.text().toUpperCase(Locale.ROOT).replace(" ", " \n\t ");
        assertThat(read(spread, budget)).isEqualTo(budget);
    }

    @Property(tries = 5000, seed = "42")
    void anyTextIsABudgetOrAMistakeWithItsPlace(@ForAll("texts") String text) {
        try {
            BudgetRule read = BudgetParser.parse(text, "method", List.of(), 0);
            assertThat(read(read.text(), read)).isEqualTo(read);
        } catch (BudgetSyntaxException e) {
            assertThat(e.column()).isBetween(1, text.length() + 1);
            assertThat(e.getMessage().lines().count()).isBetween(4L, 5L);
        }
    }

    private static BudgetRule read(String text, BudgetRule like) {
        return BudgetParser.parse(text, like.source(), like.at(), like.confidence());
    }

    @Provide
    Arbitrary<BudgetRule> budgets() {
        return Arbitraries.of(Metric.values())
                .filter(Metric::isBudgetable)
                .flatMap(metric -> Combinators.combine(
                                statistics(metric),
                                Arbitraries.of(Comparator.values()),
                                Arbitraries.bigDecimals()
                                        .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
                                        .ofScale(7)
                                        .map(BigDecimal::doubleValue),
                                Arbitraries.of(Unit.symbolsOf(metric)),
                                Arbitraries.of(true, false))
                        .as((statistic, comparator, limit, unit, ofBaseline) -> new BudgetRule(
                                metric,
                                statistic,
                                comparator,
                                limit,
                                ofBaseline ? "%" : unit,
                                ofBaseline,
                                "method",
                                List.of(),
                                0))
                        .filter(budget -> !isFastTail(budget)));
    }

    private static Arbitrary<Statistic> statistics(Metric metric) {
        if (!metric.isDistribution()) {
            return Arbitraries.just(Statistic.NONE);
        }
        Arbitrary<Statistic> percentiles = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.001"), BigDecimal.valueOf(100))
                .ofScale(3)
                .map(p -> Statistic.percentile(p.doubleValue()));
        return Arbitraries.oneOf(Arbitraries.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX), percentiles);
    }

    private static boolean isFastTail(BudgetRule budget) {
        return budget.metric().kind() == Metric.Kind.SPEED
                && budget.statistic().isPercentile()
                && budget.statistic().percentile() > 50
                && !budget.comparator().isUpperLimit();
    }

    @Provide
    Arbitrary<String> texts() {
        List<String> pieces = Stream.of(
                        " ttft p95 mfu success_rate output_speed cost_per_million < <= > >= = ≤ 1500 1,500 1.5 1e3 99 0 -1 ."
                                .split(" "),
                        " % $ ms s tok/s of baseline ; é 😀 p0 p100 mean max °C µs".split(" "))
                .flatMap(Stream::of)
                .toList();
        return Arbitraries.of(pieces)
                .list()
                .ofMaxSize(9)
                .flatMap(words -> Arbitraries.of("", " ").map(blank -> String.join(blank, words)));
    }
}
