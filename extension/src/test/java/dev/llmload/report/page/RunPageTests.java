package dev.llmload.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.Metadata;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunPageTests {
    private static final String HOSTILE =
            "</script><script>alert('no')</script>\u2028<img src=x onerror=alert(1)> & \"so\"";
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .measured("ttft p95 < 1500 ms")
            .judged();
    private static final LevelVerdict NONE = Levels.users(50)
            .succeeded(0)
            .failed(Outcome.CONNECT, 250, 0)
            .wholeRun()
            .simulated()
            .note(HOSTILE)
            .outcome("ttft p95 < 1 s", Verdict.FAIL, Double.NaN, null, "no request succeeded, 250 failed")
            .judged();
    private static final LevelVerdict HUNDRED = Levels.hundredUsers().judged();
    private static final TestReport TEST = new TestReport(
            "com.acme.ChatReleaseTest#chat",
            "chat()",
            List.of(TEN, NONE, HUNDRED),
            List.of("200 users: 100 users was aborted: success_rate was 12.0 %"));

    private static PageInput input(boolean charts, TestReport... tests) {
        Metadata metadata = new Metadata(
                Instant.parse("2026-11-26T21:00:00.250Z"),
                0,
                false,
                "2026-11",
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "0123456789abcdef0123",
                List.of(new Metadata.Test(
                        "com.acme.ChatReleaseTest#chat",
                        "http://alice:secret@gpu-host:8000/v1/chat/completions",
                        HOSTILE,
                        "",
                        "",
                        "",
                        Map.of(),
                        Map.of())));
        return new PageInput(List.of(tests), metadata, Duration.ofSeconds(192), List.of(), PERCENTILES, charts);
    }

    private static String page(TestReport... tests) {
        return RunPage.render(input(true, tests));
    }

    private static List<String> all(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static JsonNode data(String page) throws IOException {
        return new ObjectMapper()
                .readTree(all(page, "(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
                        .get(0));
    }

    @Nested
    class Banner {
        @Test
        void saysTheVerdictInSymbolAndWord_withItsCounts() {
            assertThat(page(TEST))
                    .contains("<header class=\"banner FAIL\"><h1><span class=\"verdict\">✘ FAIL</span>"
                            + " <span class=\"counts\">2 FAIL, 1 PASS</span></h1><span class=\"sim\">SIMULATED</span>")
                    .contains("<title>✘ FAIL · ");
        }

        @Test
        void saysWhatItWasAbout_withoutSecrets() {
            assertThat(all(page(TEST), "<dt>([a-z]+)</dt>"))
                    .containsExactly("model", "endpoint", "release", "commit", "started", "duration");
            assertThat(all(page(TEST), "<dd>([^<]*)</dd>"))
                    .contains("http://***@gpu-host:8000/v1/chat/completions", "2026-11", "0123456789ab", "3 min 12 s");
        }

        @Test
        void hasSixSentencesAtMost_eachALinkToItsLevel() {
            String page = page(TEST);

            assertThat(all(page, "<li class=\"[A-Z]+\"><a href=\"#([^\"]+)\">"))
                    .containsExactly("level-0-1", "level-0-2", "level-0-2");
            assertThat(page)
                    .contains("ttft p95 1620 ms, budget &lt; 1500 ms, +8.0 %</a>")
                    .doesNotContain("more: see the table");
        }

        @Test
        void whatIsMore_isCounted() {
            TestReport[] many = new TestReport[4];
            for (int i = 0; i < many.length; i++) {
                many[i] = new TestReport("a.B" + i + "#c", "c()", List.of(HUNDRED), List.of());
            }

            assertThat(all(page(many), "<li class=\"[A-Z]+\"><a href=\"#([^\"]+)\">"))
                    .containsExactly("level-0-0", "level-1-0", "level-2-0", "level-3-0", "level-0-0", "level-1-0");
            assertThat(page(many)).contains("<a href=\"#levels\">2 more: see the table of levels</a>");
        }

        @Test
        void aTestThatCouldNotBeMeasured_saysWhy() {
            assertThat(page(TestReport.unusable("a.B#c", "c()", "connection refused: start the server")))
                    .contains("<a href=\"#test-0\">✘ B.c: connection refused: start the server</a>");
        }

        @Test
        void aRunWithoutTests_saysSo() {
            assertThat(page()).contains("LLM load: no load test has run.");
        }
    }

    @Nested
    class Data {
        @Test
        void isWhatResultsJsonHas_butForHistograms() throws IOException {
            JsonNode results = data(page(TEST)).get("results");
            JsonNode file = new ObjectMapper().readTree(ResultsJson.render(List.of(TEST), false, PERCENTILES));

            assertThat(results.at("/tests/0/levels")).hasSize(3);
            assertThat(results.at("/tests/0/levels/2/ttft_ms/p95")).isEqualTo(file.at("/tests/0/levels/2/ttft_ms/p95"));
            assertThat(results.at("/tests/0/levels/2/budgets")).isEqualTo(file.at("/tests/0/levels/2/budgets"));
            assertThat(results.at("/tests/0/scaling")).isEqualTo(file.at("/tests/0/scaling"));
            assertThat(results.findValue("histogram")).isNull();
        }

        @Test
        void hasTheSeriesPacked() throws IOException {
            JsonNode file = new ObjectMapper().readTree(ResultsJson.render(List.of(TEST), false, PERCENTILES));

            assertThat(Packed.read(data(page(TEST))
                                    .at("/results/tests/0/levels/2/detail")
                                    .asText())
                            .get("series"))
                    .isEqualTo(file.at("/tests/0/levels/2/series"));
        }

        @Test
        void cannotEndItsScript() {
            String page = page(TEST);
            String json = all(page, "(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
                    .get(0);

            assertThat(json).doesNotContain("<", ">", "&", "\u2028").contains("\\u003c/script\\u003e");
            assertThat(page).doesNotContain("<script>alert");
            assertThat(RunPage.render(input(false, TEST))).doesNotContain("<img");
        }
    }

    @Nested
    class Policy {
        @Test
        void allowsTheScriptsOfThePageByTheirHash_andNothingElse() {
            String page = page(TEST);
            String policy =
                    all(page, "Content-Security-Policy\" content=\"([^\"]+)\"").get(0);
            List<String> scripts = all(page, "(?s)<script>(.*?)</script>");

            assertThat(policy).startsWith("default-src 'none'; script-src '");
            assertThat(all(policy, "('sha256-[^']+')"))
                    .isEqualTo(scripts.stream().map(ScriptText::allowed).toList());
            assertThat(policy.substring(policy.indexOf("; style-src")))
                    .isEqualTo("; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'");
        }

        @Test
        void nothingIsLoadedFromOutside() {
            String without = RunPage.render(input(false, TEST)).replaceAll("(?s)<script.*?</script>", "");

            assertThat(all(without, "(?:src|href)=\"([^\"#]+)\"")).containsOnly("data:,");
            assertThat(without).doesNotContain("@import", "url(");
        }
    }

    @Nested
    class WithoutScripts {
        @Test
        void thereAreTables_withWhatDidNotRun() {
            String plain = all(page(TEST), "(?s)<noscript>(.*?)</noscript>").get(0);

            assertThat(plain)
                    .contains(
                            "<td>100 users</td>",
                            "<p>not run: 200 users: 100 users was aborted: success_rate was 12.0 %</p>")
                    .contains("&lt;script&gt;alert('no')&lt;/script&gt;");
        }

        @Test
        void elementsAreClosedInTheirOrder() {
            String page = page(TEST);
            String body = page.substring(page.indexOf("<body>"), page.indexOf("<script "));
            Deque<String> open = new ArrayDeque<>();
            Matcher tags = Pattern.compile("<(/?)([a-z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^>\"])*)>")
                    .matcher(body);
            while (tags.find()) {
                if (tags.group(1).equals("/")) {
                    assertThat(open.pop()).as("before %s", tags.start()).isEqualTo(tags.group(2));
                } else {
                    open.push(tags.group(2));
                }
            }
            assertThat(open).containsExactly("body");
        }
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            String plain = page(TEST);
            Locale.setDefault(Locale.GERMANY);
            assertThat(page(TEST)).isEqualTo(plain);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void sizesAreBounded_byLevelAndWhole() {
        assertThat(PageSize.limit(1)).isEqualTo(960_000);
        assertThat(PageSize.limit(16)).isEqualTo(1_860_000);
        assertThat(PageSize.limit(100)).isEqualTo(2_500_000);
    }

    @Test
    void theLargestSizeThatFits_isTaken_andTheSmallestWhereNoneDoes() {
        assertThat(PageSize.largest(size -> true)).isEqualTo(new PageSize(4_000, 720));
        assertThat(PageSize.largest(size -> size.requests() <= 2_600)).isEqualTo(new PageSize(2_500, 720));
        assertThat(PageSize.largest(size -> false)).isEqualTo(new PageSize(50, 60));
    }
}
