package dev.llmload.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.BudgetRule;
import dev.llmload.report.file.Json;
import dev.llmload.report.file.LevelJson;
import dev.llmload.result.Level;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A level of which nothing could be measured, because the endpoint could not be used or the host was not free. Its verdict
 * is INCONCLUSIVE: nothing is known of its budgets. Immutable.
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

    public ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("name", level.name())
                .put("verdict", Verdict.INCONCLUSIVE.name())
                .put("unusable", reason);
        ObjectNode load = node.putObject("load");
        if (level.isOpen()) {
            load.put("kind", "open").put("requests_per_second", level.offered());
        } else {
            load.put("kind", "closed").put("concurrency", (int) level.offered());
        }
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
                : requests.attempted() + " requests attempted: " + failures;
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
