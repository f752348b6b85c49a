package dev.llmload.report;

import dev.llmload.budget.Budget;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.Figures;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A judged budget in words, column by column. Immutable.
 *
 * @param verdict its verdict
 * @param mark one character for the verdict
 * @param name the number it is about: {@code ttft p95}
 * @param value what that came to, with its unit, or why there is none
 * @param limit the limit with its comparator: {@code < 1500 ms}
 * @param distance for a broken one, how far the value is from the limit; otherwise empty
 * @param note interval, reason, failures; empty if there is nothing to add
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
        Budget budget = outcome.budget();
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

    static String mark(Verdict verdict) {
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
                : onFailure(outcome) ? "a failure" : "no value";
    }

    /** Whether the percentile's rank falls on a failed request. */
    static boolean onFailure(BudgetOutcome outcome) {
        return outcome.actual().isEmpty() && outcome.ofSuccesses().isPresent();
    }

    private static String note(BudgetOutcome outcome, RequestCounts requests) {
        List<String> parts = new ArrayList<>();
        String unit = outcome.budget().unit();
        boolean success = outcome.budget().metric() == Metric.SUCCESS_RATE;
        if (success && requests.failed() + requests.cut() > 0) {
            parts.add(failures(requests));
        }
        String interval = Figures.interval(outcome);
        if (!interval.isEmpty() && parts.isEmpty()) {
            parts.add(interval);
        }
        if (!outcome.reason().isEmpty()) {
            parts.add(outcome.reason());
        }
        if (onFailure(outcome) && !outcome.reason().contains("successes")) {
            parts.add("of the successes alone "
                    + Figures.number(outcome.ofSuccesses().getAsDouble()) + " " + unit);
        }
        if (outcome.budget().isImplied()) {
            parts.add("implied");
        }
        return String.join("; ", parts);
    }

    /** {@code 15 failed: 12× HTTP_5XX (503), 3× TIMEOUT_FIRST_TOKEN}; what was cut follows. */
    static String failures(RequestCounts requests) {
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
                .filter(s -> s != 429 && (s >= 400 && s < 500) == client)
                .map(String::valueOf)
                .toList();
        return codes.isEmpty() ? "" : " (" + String.join(", ", codes) + ")";
    }
}
