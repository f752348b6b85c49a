package dev.llmload.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.exposition.Exposition;
import dev.llmload.exposition.Sample;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LoadTestKit;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.report.Csv;
import dev.llmload.report.ShortTables;
import dev.llmload.report.picture.LatencyChart;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.FailedRequestError;
import dev.llmload.result.JudgedBudget;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One open-loop run with failures, whose requests wait for one another, read back from everything that the project writes:
 * {@code ttft p95} is one number.
 */
class OneNumberTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double FAILED = Double.POSITIVE_INFINITY;

    @TempDir
    Path dir;

    @Test
    void whereItFallsOnASuccess_itCountsFromTheScheduledInstant_andRanksFailures() throws IOException {
        Map<String, Double> read = run("errorRate=2%");

        double expected = read.get("LoadResult");
        assertThat(read)
                .allSatisfy((where, millis) -> assertThat(millis)
                        .as(where)
                        .isCloseTo(expected, within(expected * (where.endsWith("rounded") ? 0.006 : 1e-6))));
        assertThat(expected).isFinite();
        double service = result().serviceTtft().p95().toNanos() / 1e6;
        assertThat(expected).isGreaterThan(3 * service);
        assertThat(result().requests().failed()).isPositive();
    }

    @Test
    void whereItFallsOnAFailure_everyOutputSaysSo() throws IOException {
        assertThat(run("errorRate=40%"))
                .allSatisfy((where, millis) -> assertThat(millis).as(where).isEqualTo(FAILED));
    }

    @Test
    void readingItInABody_failsTheTest_asABrokenBudgetDoes() {
        Ran ran = LoadTestKit.run(ReadingTestCase.class, dir, "llmload.url", LoadTestKit.QUICK + "&errorRate=40%");

        assertThat(ran.invocations()).containsExactly("2 users FAILED");
        assertThat(ran.failureOf("2 users"))
                .isInstanceOf(AssertionError.class)
                .isInstanceOf(FailedRequestError.class)
                .hasMessageMatching(
                        "ttft p95 falls on a failed request: \\d+ of 60 requests failed, and a failed request ranks"
                                + " above every latency; ofSuccesses\\(\\) reads the successes alone");
        assertThat(seen.ttft().ofSuccesses().p95()).isPositive();
    }

    private static volatile LoadResult seen;

    private static LoadResult result() {
        return seen;
    }

    /** In ms; infinite where it says that the rank falls on a failed request. */
    private Map<String, Double> run(String faults) throws IOException {
        Path history = dir.resolve("history.jsonl");
        Ran ran = LoadTestKit.run(
                QueueTestCase.class,
                dir.resolve("out"),
                "llmload.url",
                "simulator:fast?ttft=10ms&ttftJitter=0&tpot=1ms&tokens=5..8&maxConcurrent=0&" + faults,
                "llmload.report.charts",
                "true",
                "llmload.report.history",
                history.toString());
        Throwable failure = ran.failureOf("200 req/s");
        LevelVerdict verdict = Judge.judge(result(), BudgetParser.parseList("ttft p95 < 1 ms", "method"));
        Map<String, Double> read = new LinkedHashMap<>();
        read.put("LoadResult", millis(result().distribution(Metric.TTFT).ranked(Metric.TTFT, 95)));
        read.put("budget", budgets(failure).get(0).actual().orElse(FAILED));
        JsonNode level = JSON.readTree(ran.file("results.json")).at("/tests/0/levels/0");
        read.put("results.json", number(level.at("/ttft_ms/p95")));
        read.put("results.json budget", number(level.at("/budgets/0/actual")));
        read.put("results.csv", cell(ran.file("results.csv"), "ttft_p95_ms"));
        read.put("metrics.prom", prometheus(ran.file("metrics.prom")));
        read.put("history", number(JSON.readTree(Files.readString(history)).get("ttft_p95_ms")));
        read.put("perf file", perf(verdict));
        read.put("Allure table, rounded", row(Csv.table(ShortTables.level(verdict)), "ttft", "p95"));
        read.put("console, rounded", column(ran.printed(), "Time to first token", 4));
        read.put("violation, rounded", text(failure.getMessage(), "[✘?] ttft p95\\s+(\\S+) "));
        read.put("summary.md, rounded", text(ran.file("summary.md"), "`ttft p95 < 1 ms` \\| (\\S+)"));
        read.put(
                "report.html, rounded",
                text(ran.file("report.html"), "<tr><td>200 req/s</td>(?:.*?<td class=\"n\">){4}([0-9.]+|failed)"));
        read.put("report.html data", number(page(ran).at("/results/tests/0/levels/0/ttft_ms/p95")));
        read.put("picture, rounded", picture(LatencyChart.svg(verdict)));
        return read;
    }

    /** On a machine that is busy the client's own lateness may leave the verdict open; the number is the same. */
    private static List<JudgedBudget> budgets(Throwable failure) {
        return failure instanceof BudgetViolationError broken
                ? broken.budgets()
                : ((LoadInconclusiveException) failure).budgets();
    }

    private static JsonNode page(LoadTestKit.Ran ran) throws IOException {
        String html = ran.file("report.html");
        int from = html.indexOf("id=\"data\">") + "id=\"data\">".length();
        return JSON.readTree(html.substring(from, html.indexOf("</script>", from)));
    }

    private static double millis(OptionalDouble nanos) {
        return nanos.isPresent() ? nanos.getAsDouble() / 1e6 : FAILED;
    }

    private static double number(JsonNode node) {
        assertThat(node.isMissingNode()).isFalse();
        return node.isNumber() ? node.asDouble() : FAILED;
    }

    private static double number(String text) {
        return text.startsWith("fail") ? FAILED : Double.parseDouble(text.replaceAll("[^0-9.]+$", ""));
    }

    private static double cell(String csv, String column) {
        List<List<String>> rows =
                csv.lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
        return number(rows.get(1).get(rows.get(0).indexOf(column)));
    }

    private static double row(String csv, String metric, String statistic) {
        List<String> head = Arrays.asList(csv.lines().findFirst().orElseThrow().split(","));
        String line = csv.lines()
                .filter(each -> each.startsWith(metric + ","))
                .findFirst()
                .orElseThrow();
        return number(line.split(",", -1)[head.indexOf(statistic)]);
    }

    private static double prometheus(String text) {
        Sample sample = Exposition.parse(text).stream()
                .filter(each -> each.name().equals("llmload_ttft_seconds"))
                .filter(each -> "0.95".equals(each.labels().get("quantile")))
                .findFirst()
                .orElseThrow();
        return sample.value() * 1000;
    }

    private double perf(LevelVerdict level) throws IOException {
        Path folder = dir.resolve("allure");
        PerfFile.write(folder, level.result(), Instant.EPOCH);
        try (Stream<Path> files = Files.list(folder)) {
            for (JsonNode each :
                    JSON.readTree(Files.readString(files.findFirst().orElseThrow()))) {
                if (each.get("key").asText().endsWith(".ttft.p95")) {
                    boolean failed = each.get("title").asText().endsWith("ttft p95 (failed)");
                    assertThat(each.get("value").asDouble() == 1e12).isEqualTo(failed);
                    return failed ? FAILED : each.get("value").asDouble();
                }
            }
        }
        throw new AssertionError("no ttft p95");
    }

    private static double column(String printed, String name, int column) {
        String line =
                printed.lines().filter(each -> each.contains(name)).findFirst().orElseThrow();
        return number(line.substring(line.indexOf(name) + name.length()).strip().split("\\s+")[column - 1]);
    }

    private static double text(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return number(matcher.group(1));
    }

    // The dot on the curve has the judged value as its title; a cross on the limit stands for a failure.
    private static double picture(String svg) {
        Matcher dot = Pattern.compile("ttft p95 ([0-9.]+) (m?s)<").matcher(svg);
        if (dot.find()) {
            return Double.parseDouble(dot.group(1)) * (dot.group(2).equals("s") ? 1000 : 1);
        }
        assertThat(svg).contains("it falls on a failed request");
        return FAILED;
    }

    static class ReadingTestCase {
        @LlmLoad(concurrency = 2, requests = 60)
        @Budget("success_rate >= 1%")
        void load(LoadResult result) {
            seen = result;
            assertThat(result.ttft().p95()).isPositive();
        }
    }

    static class QueueTestCase {
        @LlmLoad(requestsPerSecond = 200, arrivals = Arrivals.CONSTANT, maxInFlight = 2, requests = 150, warmup = 0)
        @Budget("ttft p95 < 1 ms")
        @Budget("success_rate >= 1%")
        void load(LoadResult result) {
            seen = result;
        }
    }
}
