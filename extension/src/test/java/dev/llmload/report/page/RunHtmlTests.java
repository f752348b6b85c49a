package dev.llmload.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunHtmlTests {
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .measured("ttft p95 < 1500 ms")
            .judged();
    private static final LevelVerdict HUNDRED = Levels.hundredUsers().judged();
    private static final LevelVerdict NONE = Levels.users(50)
            .succeeded(0)
            .failed(Outcome.CONNECT, 250, 0)
            .wholeRun()
            .simulated()
            .note("<script>alert('no')</script> & \"so\"")
            .outcome("ttft p95 < 1 s", Verdict.FAIL, Double.NaN, null, "no request succeeded, 250 failed")
            .judged();
    private static final TestReport TEST = new TestReport(
            "com.acme.ChatReleaseTest#chat",
            "chat()",
            List.of(TEN, NONE, HUNDRED),
            List.of("200 users: 100 users was aborted: success_rate was 12.0 %"));
    private static final String PAGE = RunHtml.render("2026-11-26T21:00:00Z · 2026-11", List.of(TEST), true);

    private static List<String> all(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void everyLevelIsARow_andALinkToWhatItOpens() {
        List<String> links = all(PAGE, "<a href=\"#([^\"]+)\">");

        assertThat(links).hasSize(3).doesNotHaveDuplicates();
        assertThat(all(PAGE, "<details id=\"([^\"]+)\"")).isEqualTo(links);
        assertThat(PAGE).contains("<td data-value=\"100.0\"><a href=\"#level-0-2\">100 users</a></td>");
    }

    @Test
    void whatIsBrokenIsOpen_andThereIsAButtonForEachVerdict() {
        assertThat(all(PAGE, "<details id=\"[^\"]+\" data-verdict=\"(\\w+)\">")).containsOnly("PASS");
        assertThat(all(PAGE, "<details id=\"[^\"]+\" data-verdict=\"(\\w+)\" open>"))
                .isNotEmpty()
                .doesNotContain("PASS");
        assertThat(all(PAGE, "<button data-verdict=\"(\\w*)\""))
                .startsWith("", "PASS")
                .contains("FAIL");
    }

    @Test
    void needsNothingBesidesItself() {
        assertThat(all(PAGE, "(?:src|href|url\\()=?\"?([^\"#)]*)")).allMatch(String::isEmpty);
        assertThat(PAGE).contains("<svg ", "addEventListener(\"hashchange\"", ".levels th{");
    }

    @Test
    void whatComesFromOutside_isText() {
        assertThat(PAGE)
                .contains("&lt;script&gt;alert('no')&lt;/script&gt; &amp; &quot;so&quot;")
                .doesNotContain("<script>alert");
    }

    @Test
    void saysWhatDidNotRun_andWhatWasSimulated() {
        assertThat(PAGE)
                .contains("<p>not run: 200 users: 100 users was aborted: success_rate was 12.0 %</p>")
                .contains("<span class=\"sim\">SIMULATED</span> 2026-11-26T21:00:00Z · 2026-11");
    }

    @Test
    void elementsAreClosedInTheirOrder() {
        String body = PAGE.substring(PAGE.indexOf("<body>"), PAGE.indexOf("<script>"));
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
        Matcher tags = Pattern.compile("<(/?)([a-z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^>\"])*)>")
                .matcher(body);
        while (tags.find()) {
            if (tags.group(1).equals("/")) {
                assertThat(open.pop()).as("before %s", tags.start()).isEqualTo(tags.group(2));
            } else if (!tags.group(3).endsWith("/")) {
                open.push(tags.group(2));
            }
        }
        assertThat(open).containsExactly("body");
    }

    @Test
    void withoutCharts_thereAreNone_andItIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            String plain = RunHtml.render("now", List.of(TEST), false);
            Locale.setDefault(Locale.GERMANY);
            assertThat(RunHtml.render("now", List.of(TEST), false))
                    .isEqualTo(plain)
                    .doesNotContain("<svg");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTestOfWhichNothingCouldBeMeasured_saysWhy() {
        String page = RunHtml.render(
                "now", List.of(TestReport.unusable("a.B#c", "c()", "connection refused: start the server")), true);

        assertThat(page)
                .contains("<h2>B.c</h2>", "<p class=\"error\">connection refused: start the server</p>")
                .doesNotContain("<table");
    }

    @Test
    void stagesThatComeBackToALoad_areNoSweep() {
        TestReport there = new TestReport("a.B#c", "c()", List.of(TEN, HUNDRED), List.of());
        TestReport andBack = new TestReport("a.B#c", "c()", List.of(TEN, HUNDRED, TEN), List.of());

        assertThat(all(RunHtml.render("now", List.of(there), true), "(<svg )")).hasSize(2 * 2 + 1);
        assertThat(all(RunHtml.render("now", List.of(andBack), true), "(<svg )"))
                .hasSize(3 * 2);
    }

    @Test
    void aRunWithoutTests_saysSo() {
        assertThat(RunHtml.render("now", List.of(), true)).contains("No load test has run.");
    }
}
