package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.SideBySide;
import dev.llmload.budget.baseline.Change;
import dev.llmload.report.MethodComparison;
import dev.llmload.result.Metric;
import java.util.List;

/** Two tests side by side in {@code results.json}. */
final class SideBySideJson {
    private SideBySideJson() {}

    static ObjectNode of(MethodComparison comparison) {
        ObjectNode node = Json.object()
                .put("a", comparison.first().id())
                .put("b", comparison.second().id());
        ArrayNode all = node.putArray("levels");
        for (SideBySide level : comparison.levels()) {
            ObjectNode each = all.addObject().put("name", level.level().name());
            if (!level.lengths().isEmpty()) {
                each.put("lengths", level.lengths());
            }
            ArrayNode metrics = each.putArray("metrics");
            for (SideBySide.Row row : level.rows()) {
                List<Change> change = row.change().stream().toList();
                ObjectNode one = change.isEmpty()
                        ? Json.object().put("metric", number(row))
                        : (ObjectNode) ChangeJson.of(change, "a", "b").get(0);
                one.remove("shown");
                metrics.add(one.put("better", MethodComparison.winner(row)));
            }
        }
        return node;
    }

    private static String number(SideBySide.Row row) {
        Metric metric = row.metric();
        return row.statistic().text().isEmpty()
                ? metric.word()
                : metric.word() + " " + row.statistic().text();
    }
}
