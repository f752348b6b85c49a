package dev.llmload.budget;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.math.BigDecimal;
import java.util.List;

/**
 * One limit on one number of a level. Immutable; made by {@link BudgetParser}.
 *
 * @param metric what is limited
 * @param statistic which number of its distribution, or {@link Statistic#NONE}
 * @param comparator how the value is held against the limit
 * @param limit in {@code unit}; finite and not negative
 * @param unit as the grammar prints it: {@code ms}, {@code tok/s}, {@code %}, {@code $}
 * @param ofBaseline whether the limit is a percentage of the baseline's value; the unit is then {@code %}
 * @param source where it was declared: {@code method}, {@code class ChatSlo}, {@code key llmload.budgets},
 *     {@code implied}
 * @param at display names of the levels it applies to; empty for every level
 * @param confidence of the statistical gate, above 0.5 and below 1, or 0 for none
 */
public record BudgetRule(
        Metric metric,
        Statistic statistic,
        Comparator comparator,
        double limit,
        String unit,
        boolean ofBaseline,
        String source,
        List<String> at,
        double confidence) {

    /** The source of a budget that nobody declared. */
    public static final String IMPLIED = "implied";

    /** Checks the parts against each other and copies the list. */
    public BudgetRule {
        at = List.copyOf(at);
        limit = limit + 0.0; // makes −0.0 a plain 0
        if (metric.isDistribution() == (statistic.kind() == Statistic.Kind.NONE)) {
            throw new IllegalArgumentException(metric.word()
                    + (metric.isDistribution()
                            ? " must have a statistic, but has none"
                            : " must have no statistic, but has " + statistic));
        }
        if (!Double.isFinite(limit) || limit < 0) {
            throw new IllegalArgumentException("a limit must be finite and at least 0, but was " + limit);
        }
        Unit known = Unit.require(unit);
        if (ofBaseline ? known != Unit.PERCENT : !known.fits(metric)) {
            throw new IllegalArgumentException("the unit of " + metric.word() + (ofBaseline ? " of baseline" : "")
                    + " must be " + (ofBaseline ? "%" : String.join(" or ", Unit.symbolsOf(metric))) + ", but was "
                    + unit);
        }
        unit = known.symbol();
        if (confidence != 0 && !(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "`confidence` must be 0 (off), or above 0.5 and below 1, but was " + confidence);
        }
    }

    /** The number it is about: {@code ttft p95}, {@code success_rate}. */
    public String name() {
        return statistic.kind() == Statistic.Kind.NONE ? metric.word() : metric.word() + " " + statistic.text();
    }

    /** The limit with its comparator: {@code < 1500 ms}, {@code <= 110 % of baseline}. */
    public String limitText() {
        return comparator.symbol() + " " + Exact.plain(limit) + " " + unit + (ofBaseline ? " of baseline" : "");
    }

    /** The one normal form of the grammar: {@code ttft p95 < 1500 ms}. Parsing it gives this budget again. */
    public String text() {
        return name() + " " + limitText();
    }

    /** Whether it is judged once over all levels, in the last invocation, and is no part of any level's verdict. */
    public boolean isSweepBudget() {
        return metric.isOfSweep();
    }

    /** Whether nobody declared it. */
    public boolean isImplied() {
        return source.equals(IMPLIED);
    }

    /**
     * Whether it is judged at that level.
     *
     * @param level met by its display name
     */
    public boolean appliesTo(Level level) {
        return at.isEmpty() || at.contains(level.name());
    }

    /** Whether both are about the same number, whatever the limit. */
    boolean sameNumberAs(BudgetRule other) {
        return metric == other.metric && statistic.equals(other.statistic);
    }

    BudgetRule at(List<String> levels) {
        return new BudgetRule(metric, statistic, comparator, limit, unit, ofBaseline, source, levels, confidence);
    }

    /** The same with another limit, in its unit. */
    BudgetRule withLimit(double other) {
        return new BudgetRule(metric, statistic, comparator, other, unit, ofBaseline, source, at, confidence);
    }

    /** The same, judged with this confidence. */
    BudgetRule withConfidence(double other) {
        return new BudgetRule(metric, statistic, comparator, limit, unit, ofBaseline, source, at, other);
    }

    /** Whether {@code confidence} means anything for it: a share of requests is held against a limit. */
    boolean hasStatisticalGate() {
        return metric == Metric.SUCCESS_RATE
                || ofBaseline
                || statistic.isPercentile() && Tail.of(this).signum() > 0;
    }

    /** The limit in the base unit of the metric: nanoseconds, fractions, tok/s. Exact. */
    public BigDecimal limitInBase() {
        return Exact.of(limit).multiply(size());
    }

    /** A value in the base unit, in this budget's unit. */
    double fromBase(double value) {
        return Double.isInfinite(value) ? value : Exact.quotient(Exact.of(value), size());
    }

    private BigDecimal size() {
        return Unit.require(unit).size();
    }

    @Override
    public String toString() {
        return text();
    }
}
