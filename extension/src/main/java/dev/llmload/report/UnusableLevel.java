package dev.llmload.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.BudgetRule;
import dev.llmload.report.file.Json;
import dev.llmload.report.file.LevelJson;
import dev.llmload.report.file.OutcomeJson;
import dev.llmload.result.Level;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.CountText;
import dev.llmload.spi.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A level of which nothing could be measured, because the endpoint could not be used or the host was not free. It comes
 * to an ERROR, and each of its budgets is INCONCLUSIVE: nothing is known of them. Immutable.
 *
 * @param level which
 * @param reason what was tried, what came back, what to do next
 * @param requests what became of the requests that it came to; none where it did not run
 * @param budgets those that it would have been held against
 */
public record UnusableLevel(Level level, String reason, RequestCounts requests, List<BudgetRule> budgets) {
    private static final RequestCounts NONE = new RequestCounts(0, 0, 0, 0, Map.of(), Map.of(), Map.of());

    /** Copies the list. */
    public UnusableLevel {
        budgets = List.copyOf(budgets);
    }

    /**
     * With the requests that are known.
     *
     * @param level which
     * @param reason what was tried, what came back, what to do next
     * @param requests empty where the level did not come to any
     * @param budgets those that it would have been held against
     */
    public UnusableLevel(Level level, String reason, Optional<RequestCounts> requests, List<BudgetRule> budgets) {
        this(level, reason, requests.orElse(NONE), budgets);
    }

    /** What it came to, before JUnit says more. */
    InvocationOutcome outcome() {
        Cause cause = new Cause(Cause.Kind.ENDPOINT, Status.ERROR, reason);
        return InvocationOutcome.decided(level.name(), List.of(cause), reason);
    }

    /**
     * As results.json has it.
     *
     * @param outcome what its invocation came to
     */
    public ObjectNode json(InvocationOutcome outcome) {
        ObjectNode node = Json.object();
        node.put("name", level.name()).put("verdict", outcome.status().name()).put("unusable", reason);
        OutcomeJson.into(node, outcome);
        node.set("load", LevelJson.load(level));
        node.set("requests", LevelJson.requests(requests));
        ArrayNode all = node.putArray("budgets");
        for (BudgetRule budget : budgets) {
            all.addObject()
                    .put("budget", budget.text())
                    .put("source", budget.source())
                    .put("verdict", Verdict.INCONCLUSIVE.name())
                    .put("reason", reason);
        }
        return node;
    }

    /** {@code 2 users: 40 requests attempted: 40 HTTP_4XX}. */
    public String sentence() {
        String failures = requests.failures().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String attempted = requests.attempted() == 0
                ? "no request was measured"
                : CountText.of(requests.attempted(), "request") + " attempted: " + failures;
        return level.name() + ": " + attempted + statuses();
    }

    private String statuses() {
        return requests.status().isEmpty()
                ? ""
                : " (status "
                        + requests.status().keySet().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + ")";
    }
}
