package dev.llmload.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Pages of runs of every kind, for a look at them and for the browser of {@code .ci/page}: written with
 * {@code -Dpages.write=folder}, each into a folder of its own.
 */
class PageSamplesTests {
    private static final String BUDGETS =
            "ttft p95 < 900 ms; tpot p99 < 40 ms; success_rate >= 99 %; throughput > 100 tok/s";
    private static final String HOSTILE =
            "</script><script>window.stolen=1</script><img src=x onerror=window.stolen=1>\u2028\u202e'\"&lt;{{7*7}}";

    private static Map<String, Supplier<MadeRun>> runs() {
        Map<String, Supplier<MadeRun>> runs = new LinkedHashMap<>();
        runs.put(
                "green",
                () -> new MadeRun()
                        .users(MadeRun.TEST, BUDGETS, 600, MadeLevel::onGpu, 1, 10, 25, 50, 75)
                        .afterReleases(5));
        runs.put(
                "broken",
                () -> new MadeRun()
                        .users(MadeRun.TEST, BUDGETS, 600, level -> level, 10, 25, 50)
                        .users(
                                "com.acme.ChatReleaseTest#other",
                                BUDGETS,
                                600,
                                level -> level.slower(2).failing(0.03),
                                10,
                                50,
                                100));
        runs.put(
                "inconclusive",
                () -> new MadeRun()
                        .users(MadeRun.TEST, "ttft p99.9 < 900 ms; success_rate >= 99 %", 60, level -> level, 5, 10));
        runs.put(
                "sixteen",
                () -> new MadeRun()
                        .users(
                                MadeRun.TEST,
                                BUDGETS,
                                6_250,
                                level -> level.onGpu().failing(0.002),
                                1,
                                2,
                                4,
                                8,
                                12,
                                16,
                                24,
                                32,
                                48,
                                64,
                                80,
                                96,
                                128,
                                160,
                                192,
                                256));
        runs.put(
                "many",
                () -> new MadeRun()
                        .users(
                                MadeRun.TEST,
                                BUDGETS,
                                100_000,
                                level -> level.failing(0.01).onGpu(),
                                400));
        runs.put("open", () -> new MadeRun().perSecond(MadeRun.TEST, BUDGETS, 500, 2, 5, 10, 20, 40));
        runs.put(
                "hostile",
                () -> new MadeRun()
                        .model(HOSTILE)
                        .users("com.acme.Chat" + HOSTILE + "#chat", BUDGETS, 60, level -> level.failing(0.1), 5));
        return runs;
    }

    @Test
    @EnabledIfSystemProperty(named = "pages.write", matches = ".+", disabledReason = "-Dpages.write=folder writes them")
    void write() throws IOException {
        Path folder = Path.of(System.getProperty("pages.write"));
        String only = System.getProperty("pages.only", "");
        for (Map.Entry<String, Supplier<MadeRun>> run : runs().entrySet()) {
            if (only.isEmpty() || only.contains(run.getKey())) {
                run.getValue().get().write(folder.resolve(run.getKey()));
                assertThat(Files.size(folder.resolve(run.getKey()).resolve(RunPage.FILE)))
                        .isPositive();
            }
        }
    }
}
