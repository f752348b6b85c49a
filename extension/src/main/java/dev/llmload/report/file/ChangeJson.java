package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.baseline.Change;
import dev.llmload.result.Metric;
import java.util.List;

/** A number on two sides in results.json: times in ms, everything else in base units, changes as fractions. */
public final class ChangeJson {
    private ChangeJson() {}

    public static ArrayNode of(List<Change> changes, String before, String now) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Change change : changes) {
            double unit = change.metric().kind() == Metric.Kind.LATENCY ? 1e6 : 1;
            ObjectNode node = all.addObject().put("metric", change.name());
            Json.put(node, before, change.before() / unit, 6);
            Json.put(node, now, change.now() / unit, 6);
            Json.put(node, "change", change.fraction(), 6);
            change.interval().ifPresent(range -> {
                ArrayNode interval = node.putArray("interval");
                for (double end : new double[] {range.low(), range.high()}) {
                    if (Double.isFinite(end)) {
                        interval.add(Json.round(end - 1, 6));
                    } else {
                        interval.addNull(); // nothing bounds it
                    }
                }
                node.put("confidence", change.confidence());
            });
            node.put("shown", change.kind().name());
        }
        return all;
    }
}
