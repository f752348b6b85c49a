package dev.llmload.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.report.Golden;
import dev.llmload.report.Xml;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.HistoryEntry.Run;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A test over its runs. */
class TrendChartTests {
    private static final String TEST = "com.acme.ChatReleaseTest#chat";
    private static final String BUDGET = "ttft p95 < 1500 ms";

    private static HistoryEntry entry(
            String day, String release, int users, double ttft, double speed, double success) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("ttft_p95_ms", ttft);
        values.put("throughput_tok_s", speed);
        values.put("success_rate", success);
        return new HistoryEntry(
                new Run(day + "T12:00:00Z", release, ""),
                TEST,
                users + " users",
                "llama-3-8b",
                false,
                Status.PASS,
                values,
                Map.of(BUDGET, ttft < 1500 ? Verdict.PASS : Verdict.FAIL, "throughput >= 120 tok/s", Verdict.PASS),
                List.of());
    }

    private static List<HistoryEntry> history() {
        List<HistoryEntry> all = new ArrayList<>();
        double[] ten = {300, 310, 305, 280, 290, 285};
        double[] hundred = {1400, 1450, 1430, Double.POSITIVE_INFINITY, 1250, 1620};
        String[] releases = {"2026-09", "2026-09", "2026-10", "2026-10", "2026-10", "2026-11"};
        for (int i = 0; i < ten.length; i++) {
            all.add(entry("2026-1" + i % 3 + "-0" + (i + 1), releases[i], 10, ten[i], 180 + i, 1));
            all.add(entry(
                    "2026-1" + i % 3 + "-0" + (i + 1), releases[i], 100, hundred[i], 1400 + 20 * i, i == 3 ? 0.9 : 1));
        }
        return all;
    }

    private static String sound(List<HistoryEntry> history) {
        String svg = TrendChart.svg(history);
        Xml.parse(svg);
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").hasSizeLessThan(100_000);
        return svg;
    }

    @Test
    void showsEachLevelOverTheReleases_withTheBudgetsOfTheNewest() {
        String svg = sound(history());
        Golden.matches("trend.svg", svg);
        assertThat(Xml.texts(svg))
                .contains(
                        "TTFT p95 1620 ms at 100 users, +29.6 % against 2026-10",
                        "ChatReleaseTest.chat · llama-3-8b · 6 runs",
                        "10 users",
                        "100 users",
                        "2026-09",
                        "2026-10",
                        "2026-11",
                        BUDGET,
                        "throughput >= 120 tok/s");
        assertThat(svg).contains("<title>2026-11, 100 users: 1620, budget broken</title>");
    }

    @Test
    void aBudgetFarAboveWhatWasMeasured_isNamedAtTheEdge_andFlattensNothing() {
        List<HistoryEntry> history = List.of(
                entry("2026-10-01", "2026-09", 10, 60, 180, 1), entry("2026-10-02", "2026-10", 10, 120, 180, 1));

        String svg = sound(history);

        assertThat(Xml.texts(svg)).contains("ttft p95 < 1500 ms ↑", "throughput >= 120 tok/s");
        Matcher dot = Pattern.compile("cy=\"([0-9.]+)\"[^>]*><title>2026-(?:09|10), 10 users: (?:60|120)")
                .matcher(svg);
        assertThat(dot.find()).isTrue();
        double sixty = Double.parseDouble(dot.group(1));
        assertThat(dot.find()).isTrue();
        double doubled = Double.parseDouble(dot.group(1));
        assertThat(sixty - doubled).as("pixels of 150 that 60 ms more are").isGreaterThan(50);
    }

    @Test
    void oneRun_isNoTrend() {
        assertThat(TrendChart.has(List.of())).isFalse();
        assertThat(TrendChart.has(history().subList(0, 2))).isFalse();
        assertThat(TrendChart.has(history())).isTrue();
    }

    @Test
    void withoutReleases_itIsComparedWithTheRunBefore_andDaysAreNamed() {
        String svg = sound(List.of(
                entry("2026-11-01", "", 10, 300, 180, 1),
                entry("2026-11-02", "", 10, 310, 180, 1),
                entry("2026-11-03", "", 10, 279, 180, 1)));
        assertThat(Xml.texts(svg))
                .contains("TTFT p95 279 ms at 10 users, -10.0 % against the run before", "2026-11-01", "2026-11-03");
    }

    @Test
    void ofManyRunsAndLevels_someAreShown() {
        List<HistoryEntry> all = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            for (int users : new int[] {1, 2, 4, 8, 16, 32, 64}) {
                all.add(entry("2026-01-%02d".formatted(run), "r" + run, users, 300 + users, 180, 1));
            }
        }
        List<String> texts = Xml.texts(sound(all));
        assertThat(texts)
                .contains("1 users", "64 users", "r39", "ChatReleaseTest.chat · llama-3-8b · 30 runs")
                .doesNotContain("8 users", "r0", "r9");
    }

    @Test
    void whatWasNotMeasured_isNotDrawn() {
        HistoryEntry bare = new HistoryEntry(
                new Run("2026-11-04T12:00:00Z", "", ""),
                TEST,
                "10 users",
                "llama-3-8b",
                true,
                Status.NOT_MEASURED,
                Map.of(),
                Map.of("of another grammar", Verdict.PASS, "ttft p95 is good", Verdict.PASS),
                List.of());
        assertThat(Xml.texts(sound(List.of(entry("2026-11-01", "", 10, 300, 180, 1), bare))))
                .contains("TTFT was not measured at 10 users", "SIMULATED");
    }
}
