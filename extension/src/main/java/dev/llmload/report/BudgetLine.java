package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.ClientError;
import dev.llmload.budget.Figures;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A judged budget in words, column by column. Immutable.
 *
 * @param verdict its verdict
 * @param mark one character for the verdict
 * @param name the number it is about: {@code ttft p95}
 * @param value what that came to, with its unit, or why there is none
 * @param limit the limit with its comparator: {@code < 1500 ms}
 * @param distance for a broken one, how far the value is from the limit; otherwise empty
 * @param note interval, reason, failures, where the budget comes from if not from the method; empty if there is nothing
 *     to add
 */
public record BudgetLine(
        Verdict verdict, String mark, String name, String value, String limit, String distance, String note) {
    /**
     * In words.
     *
     * @param outcome a judged budget of a level
     * @param requests of that level, for the kinds of failure
     */
    public static BudgetLine of(BudgetOutcome outcome, RequestCounts requests) {
        BudgetRule budget = outcome.budget();
        return new BudgetLine(
                outcome.verdict(),
                mark(outcome.verdict()),
                budget.name(),
                value(outcome),
                budget.limitText(),
                outcome.verdict() == Verdict.FAIL ? Figures.distance(outcome) : "",
                note(outcome, requests));
    }

    /** A budget on all levels together, which has no requests of its own. */
    public static BudgetLine of(BudgetOutcome outcome) {
        return of(outcome, new RequestCounts(0, 0, 0, 0, Map.of(), Map.of(), Map.of()));
    }

    /** The whole of it on one line, without its note: {@code ttft p95 1620 ms, budget < 1500 ms, +8.0 %}. */
    public String sentence() {
        return name + " " + value + ", budget " + limit + (distance.isEmpty() ? "" : ", " + distance);
    }

    /**
     * The budgets of a level, the broken ones first; among equals, those that only show that requests failed come last.
     *
     * @param level a judged level
     */
    public static List<BudgetLine> of(LevelVerdict level) {
        return sorted(level).stream()
                .map(outcome -> of(outcome, level.result().requests()).with(ClientError.part(level.result(), outcome)))
                .toList();
    }

    /** {@code 1620 ms (−0.8)}: so much of the value may be the client's own. */
    private BudgetLine with(OptionalDouble part) {
        return part.isEmpty()
                ? this
                : new BudgetLine(
                        verdict,
                        mark,
                        name,
                        value + " (" + Numbers.signed(part.getAsDouble()) + ")",
                        limit,
                        distance,
                        note);
    }

    static List<BudgetOutcome> sorted(LevelVerdict level) {
        return level.outcomes().stream()
                .sorted(Comparator.comparing(BudgetOutcome::verdict).reversed().thenComparing(BudgetLine::onFailure))
                .toList();
    }

    public static String mark(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✔";
            case FAIL -> "✘";
            case INCONCLUSIVE -> "?";
            case NOT_MEASURED -> "–";
        };
    }

    private static String value(BudgetOutcome outcome) {
        if (outcome.actual().isPresent()) {
            return Figures.value(outcome);
        }
        return outcome.verdict() == Verdict.NOT_MEASURED
                ? "not measured"
                : onFailure(outcome) || outcome.verdict() == Verdict.FAIL ? ShownNumbers.FAILED : "no value";
    }

    /** Whether the percentile's rank falls on a failed request. */
    public static boolean onFailure(BudgetOutcome outcome) {
        return outcome.actual().isEmpty() && outcome.ofSuccesses().isPresent();
    }

    private static String note(BudgetOutcome outcome, RequestCounts requests) {
        BudgetRule budget = outcome.budget();
        List<String> parts = new ArrayList<>();
        boolean failures = budget.metric() == Metric.SUCCESS_RATE && requests.failed() + requests.cut() > 0;
        if (failures) {
            parts.add(failures(requests));
        } else if (!onFailure(outcome)) {
            parts.add(interval(outcome));
        }
        parts.add(outcome.reason());
        if (onFailure(outcome)) {
            parts.add(
                    outcome.reason().contains("successes")
                            ? ""
                            : "of the successes alone "
                                    + Figures.number(outcome.ofSuccesses().getAsDouble()) + " " + budget.unit());
            parts.add(interval(outcome));
        }
        parts.add(source(budget));
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }

    /** An end that the sample does not bound is left out: {@code 95 % CI from 98.5 ms}. */
    private static String interval(BudgetOutcome outcome) {
        String text = Figures.interval(outcome);
        double[] ends = outcome.interval().orElse(new double[0]);
        if (text.isEmpty() || Double.isFinite(ends[0]) && Double.isFinite(ends[1])) {
            return text;
        }
        if (!Double.isFinite(ends[0])) {
            return "";
        }
        return text.replaceFirst(" CI ", " CI from ").replace("–∞", "");
    }

    /** Where a budget comes from, if not from the test itself. */
    private static String source(BudgetRule budget) {
        return budget.isImplied() ? "implied" : budget.source().equals("method") ? "" : "from " + budget.source();
    }

    /** {@code 15 failed: 12× HTTP_5XX (503), 3× TIMEOUT_FIRST_TOKEN}; what was cut follows. */
    public static String failures(RequestCounts requests) {
        List<String> kinds = new ArrayList<>();
        requests.failures().entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .forEach(e -> kinds.add(e.getValue() + "× " + e.getKey()
                        + statuses(requests, e.getKey().name())));
        String failed = kinds.isEmpty() ? "" : requests.failed() + " failed: " + String.join(", ", kinds);
        String cut = requests.cut() == 0 ? "" : requests.cut() + " cut off";
        return failed + (failed.isEmpty() || cut.isEmpty() ? "" : ", ") + cut;
    }

    private static String statuses(RequestCounts requests, String kind) {
        if (!kind.startsWith("HTTP_")) {
            return "";
        }
        boolean client = kind.equals("HTTP_4XX");
        List<String> codes = requests.status().keySet().stream()
                .filter(s -> s != 429 && (s < 200 || s >= 300) && (s >= 400 && s < 500) == client)
                .map(String::valueOf)
                .toList();
        return codes.isEmpty() ? "" : " (" + String.join(", ", codes) + ")";
    }
}
