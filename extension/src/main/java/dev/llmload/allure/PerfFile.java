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
 * falls on a failed request is {@value #BEYOND_EVERY_LIMIT} ms for a latency and 0 for a speed, and its title says so: the
 * format takes numbers alone, JSON knows no infinite one, and a quality gate must break. A level that is run again replaces its file, whatever else lies in
 * the results.
 */
final class PerfFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double BEYOND_EVERY_LIMIT = 1e12;
    private static final int[] PERCENTILES = {50, 95, 99};

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
        Metric.distributions().stream().filter(result.level()::shows).forEach(this::distribution);
        Metric.numbers().forEach(this::number);
        return values;
    }

    private void distribution(Metric metric) {
        Distribution distribution = result.distribution(metric);
        if (!distribution.isRanked()) {
            return;
        }
        for (int p : PERCENTILES) {
            OptionalDouble value = distribution.ranked(metric, p);
            add(
                    metric,
                    ".p" + p,
                    " p" + p + (value.isPresent() ? "" : " (failed)"),
                    value.isPresent() ? metric.kind().inUnit(value.getAsDouble()) : onFailure(metric));
            if (distribution.failed() > 0 && distribution.isPresent()) {
                add(
                        metric,
                        ".p" + p + ".of_successes",
                        " p" + p + " of the successes",
                        metric.kind().inUnit(distribution.percentile(p)));
            }
        }
    }

    private static double onFailure(Metric metric) {
        return metric.lowerIsBetter() ? BEYOND_EVERY_LIMIT : 0;
    }

    private void number(Metric metric) {
        Quantity quantity = result.quantity(metric);
        if (quantity.isPresent()) {
            add(metric, "", "", metric.kind().inUnit(quantity.value()));
        }
    }

    private void add(Metric metric, String key, String statistic, double value) {
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
        node.put("unit", metric.kind().unit());
        node.put("group", metric.word());
        node.put("better", metric.lowerIsBetter() ? "lower" : "higher");
    }
}
