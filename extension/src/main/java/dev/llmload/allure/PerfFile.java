package dev.llmload.allure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * {@code <uuid>-perf.json}, from which Allure 3 makes its metrics page and quality gate: one value per metric and level,
 * because Allure averages several of one key. A key is {@code ChatReleaseTest.chat.100-users.ttft.p95}. A percentile that
 * falls on a failed request has no value and no entry. A level that is run again replaces its file, whatever else lies in
 * the results.
 */
final class PerfFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String prefix;
    private final String title;
    private final Instant stop;
    private final LoadResult result;
    private final ArrayNode values = JSON.createArrayNode();

    private PerfFile(LoadResult result, Instant stop) {
        String level = result.level().name();
        this.prefix = TestReport.shortName(result.subject().test()) + "."
                + level.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + ".";
        this.title = TestReport.shortName(result.subject().test()) + " @ " + level;
        this.stop = stop;
        this.result = result;
    }

    static void write(Path results, LoadResult result, Instant stop) throws IOException {
        PerfFile file = new PerfFile(result, stop);
        String text = file.fill().toPrettyString() + "\n";
        UUID uuid = UUID.nameUUIDFromBytes(
                (result.subject().test() + "@" + result.level().name()).getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(results);
        Files.writeString(results.resolve(uuid + "-perf.json"), text);
    }

    private ArrayNode fill() {
        latency(Metric.TTFT, 50, 95, 99);
        latency(Metric.E2E, 50, 95, 99);
        latency(Metric.TPOT, 50, 95);
        latency(Metric.ITL, 99);
        one(Metric.THROUGHPUT, 1, "tok/s");
        one(Metric.REQUEST_RATE, 1, "req/s");
        one(Metric.SUCCESS_RATE, 100, "%");
        one(Metric.GOODPUT, 1, "req/s");
        one(Metric.MFU, 100, "%");
        one(Metric.MBU, 100, "%");
        one(Metric.POWER, 1, "W");
        one(Metric.TOKENS_PER_JOULE, 1, "tok/J");
        one(Metric.COST_PER_MILLION, 1, "$");
        return values;
    }

    private void latency(Metric metric, int... percentiles) {
        Distribution distribution = result.distribution(metric);
        if (!distribution.isPresent()) {
            return;
        }
        for (int p : percentiles) {
            OptionalDouble value = distribution.percentileFailuresAbove(p);
            value.ifPresent(v -> add(metric, ".p" + p, " p" + p, v / 1e6, "ms"));
        }
    }

    private void one(Metric metric, double times, String unit) {
        Quantity quantity = result.quantity(metric);
        if (quantity.isPresent()) {
            add(metric, "", "", quantity.value() * times, unit);
        }
    }

    private void add(Metric metric, String key, String statistic, double value, String unit) {
        ObjectNode node = values.addObject();
        String full = prefix + metric.word() + key;
        node.put(
                "id",
                UUID.nameUUIDFromBytes((full + stop).getBytes(StandardCharsets.UTF_8))
                        .toString());
        node.put("key", full);
        node.put("value", Math.round(value * 1e6) / 1e6);
        node.put("start", stop.minus(result.window().wholeRun()).toEpochMilli());
        node.put("stop", stop.toEpochMilli());
        node.put("title", title + ": " + metric.word() + statistic);
        node.put("unit", unit);
        node.put("group", metric.word());
        node.put("better", metric.lowerIsBetter() ? "lower" : "higher");
    }
}
