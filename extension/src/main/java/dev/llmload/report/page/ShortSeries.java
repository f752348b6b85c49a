package dev.llmload.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The series of a long level in fewer points: each is of several neighbouring stretches. Of latencies and temperatures it has
 * the highest, of failures and preemptions the sum, of everything else the mean.
 */
final class ShortSeries {
    private ShortSeries() {}

    /**
     * The same if it is short enough; else a copy that says in {@code merged} of how many stretches each point is.
     *
     * @param series of a level, as results.json has it
     * @param most how many points at most
     */
    static ObjectNode of(ObjectNode series, int most) {
        int count = series.path("in_flight").size();
        int each = (count + most - 1) / most;
        if (each <= 1) {
            return series;
        }
        ObjectNode shorter = series.deepCopy();
        shorter.put("bin_ms", series.get("bin_ms").asDouble() * each).put("merged", each);
        series.properties().forEach(field -> {
            if (field.getValue() instanceof ArrayNode values && values.size() == count) {
                ArrayNode merged = shorter.putArray(field.getKey());
                for (int from = 0; from < count; from += each) {
                    point(merged, field.getKey(), values, from, Math.min(count, from + each));
                }
            }
        });
        return shorter;
    }

    private static void point(ArrayNode merged, String key, ArrayNode values, int from, int to) {
        double[] known = IntStream.range(from, to)
                .mapToObj(values::get)
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        if (known.length == 0) {
            merged.addNull();
        } else if (key.equals("failures") || key.equals("server_preemptions")) {
            merged.add((long) DoubleStream.of(known).sum());
        } else if (key.startsWith("ttft") || key.equals("gpu_temperature_c")) {
            merged.add(DoubleStream.of(known).max().orElseThrow());
        } else {
            merged.add(Math.round(DoubleStream.of(known).average().orElseThrow() * 1e4) / 1e4);
        }
    }
}
