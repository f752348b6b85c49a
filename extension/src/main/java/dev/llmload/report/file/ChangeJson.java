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
            Metric.Kind kind = change.metric().kind();
            ObjectNode node = all.addObject().put("metric", change.name());
            Json.put(node, before, kind.inFile(change.before()), 6);
            Json.put(node, now, kind.inFile(change.now()), 6);
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
