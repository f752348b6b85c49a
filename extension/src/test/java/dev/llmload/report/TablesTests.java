package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.report.console.Glyphs;
import dev.llmload.report.file.ResultsCsv;
import dev.llmload.report.file.SummaryMarkdown;
import dev.llmload.report.page.LevelHtml;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTests {
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .measured("ttft p95 < 1500 ms")
            .judged();
    private static final LevelVerdict HUNDRED = Levels.hundredUsers()
            .check(
                    "load was what it claims",
                    ValidityCheck.Status.BROKEN,
                    "88.1 of 100 users in session on average, less than 90 % of the target")
            .note("the server rejects stream_options, so it is asked without")
            .judged();
    private static final LevelVerdict NONE = Levels.users(50)
            .succeeded(0)
            .failed(Outcome.CONNECT, 250, 0)
            .wholeRun()
            .simulated()
            .outcome("ttft p95 < 1 s", Verdict.FAIL, Double.NaN, null, "no request succeeded, 250 failed")
            .outcome("success_rate >= 99 %", "implied", Verdict.FAIL, 0, null, "", Double.NaN)
            .judged();
    private static final TestReport TEST = new TestReport(
            "com.acme.ChatReleaseTest#chat",
            "chat()",
            List.of(TEN, NONE, HUNDRED),
            List.of("200 users: a key removed it"));

    @Nested
    class Console {
        @Test
        void aLevel_isFramed() {
            Golden.matches("console-level.txt", ConsoleTable.level(HUNDRED));
        }

        @Test
        void aLevelWithoutSuccess_saysWhatIsNotMeasured() {
            Golden.matches("console-none.txt", ConsoleTable.level(NONE));
        }

        @Test
        void levelsAreCompared() {
            Golden.matches("console-comparison.txt", ConsoleTable.comparison(TEST));
        }

        @Test
        void everyLineHasTheSameWidth_inAsciiToo() {
            for (String block :
                    List.of(ConsoleTable.level(HUNDRED), ConsoleTable.level(NONE), ConsoleTable.comparison(TEST))) {
                assertThat(block.lines()).allSatisfy(line -> assertThat(line).hasSize(78));
                String ascii = Glyphs.ASCII.of(block);
                assertThat(ascii.lines()).allSatisfy(line -> assertThat(line).hasSize(78));
                assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(ascii))
                        .isTrue();
                assertThat(ascii).doesNotContain("? ttft");
            }
        }

        @Test
        void aPassWithAWarning_isNoPlainPass() {
            LevelVerdict level = Levels.users(10)
                    .measured("ttft p95 < 9000 ms")
                    .check("answers look like answers", ValidityCheck.Status.WARNING, "all were cut")
                    .judged();

            assertThat(ConsoleTable.level(level))
                    .contains("PASS ✔, 1 warning ║", "! answers look like answers (warning)");
            assertThat(ConsoleTable.comparison(new TestReport("com.acme.A#b", "b()", List.of(level, TEN), List.of())))
                    .contains("!✔ ║", "  ✔ ║", "! 10 users: answers look like answers (warning)");
        }

        @Test
        void aTestThatCouldNotRun_saysWhy() {
            String block = ConsoleTable.comparison(
                    TestReport.unusable("com.acme.ChatReleaseTest#chat", "chat()", "no connection"));

            assertThat(block).contains("✘ no connection");
        }

        @Test
        void onlyUnicodeCharacterSets_getUnicode() {
            assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
            assertThat(Glyphs.of(StandardCharsets.ISO_8859_1)).isEqualTo(Glyphs.ASCII);
            assertThat(Glyphs.of(StandardCharsets.US_ASCII)).isEqualTo(Glyphs.ASCII);
        }
    }

    @Nested
    class InTheRunFolder {
        @TempDir
        Path dir;

        @Test
        void csv_hasOneRowPerTestAndLevel() throws IOException {
            ResultsCsv.write(dir, List.of(TEST, TestReport.unusable("com.acme.Other#x", "x()", "no")));

            Golden.matches("results.csv", Files.readString(dir.resolve("results.csv")));
        }

        @Test
        void csv_everyRowHasEveryColumn() {
            List<String> rows = ResultsCsv.render(List.of(new TestReport("t", "t()", List.of(TEN, NONE), List.of())))
                    .lines()
                    .map(row -> row.replaceAll("\"[^\"]*\"", "quoted"))
                    .toList();

            assertThat(rows)
                    .hasSize(3)
                    .allSatisfy(row ->
                            assertThat(row.split(",", -1)).hasSize(rows.get(0).split(",").length));
        }

        @Test
        void csv_otherPercentilesAreOtherColumns() {
            String names = ResultsCsv.render(
                            List.of(new TestReport("t", "t()", List.of(TEN), List.of())), List.of(75.0, 99.9))
                    .lines()
                    .findFirst()
                    .orElseThrow();

            assertThat(names.split(","))
                    .contains("ttft_mean_ms", "ttft_p75_ms", "ttft_p99.9_ms", "ttft_max_ms", "output_speed_p75_tok_s")
                    .doesNotContain("ttft_p50_ms");
        }

        @Test
        void summary_saysOnceWhatIsSoAtEveryLevel_andAPassWithAWarningIsNoPlainPass() {
            Levels warned = Levels.users(10)
                    .note("no model was configured")
                    .check("answers look like answers", ValidityCheck.Status.WARNING, "all were cut");
            Levels plain = Levels.users(50).note("no model was configured").note("a cold start");

            String text = SummaryMarkdown.render(List.of(new TestReport(
                    "com.acme.FineTest#fine", "fine()", List.of(warned.judged(), plain.judged()), List.of())));

            assertThat(text)
                    .contains("## ✔ PASS, 1 warning · FineTest.fine\n", "| 10 users | ✔ PASS, 1 warning | ")
                    .contains("| 50 users | ✔ PASS | ")
                    .endsWith("""

                            - 10 users: **answers look like answers (warning)**: all were cut
                            - all levels: no model was configured
                            - 50 users: a cold start
                            """);
        }

        @Test
        void csv_quotesWhatNeedsIt() {
            assertThat(Csv.row(List.of("a", "b,c", "say \"hi\"", "two\nlines")))
                    .isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\"\n");
        }

        @Test
        void summary_putsWhatIsBrokenFirst() throws IOException {
            TestReport fine = new TestReport("com.acme.FineTest#fine", "fine()", List.of(TEN), List.of());
            TestReport unusable = TestReport.unusable("com.acme.Other#x", "x()", "no connection | refused");

            SummaryMarkdown.write(dir, List.of(fine, TEST, unusable));

            Golden.matches("summary.md", Files.readString(dir.resolve("summary.md")));
        }

        @Test
        void summary_ofManyLevels_foldsWhatHolds_andShowsWhatDoesNot() {
            List<LevelVerdict> levels = IntStream.rangeClosed(1, 14)
                    .mapToObj(users -> Levels.users(users)
                            .outcome(
                                    "ttft p95 < 900 ms",
                                    users == 9 ? Verdict.FAIL : Verdict.PASS,
                                    users == 9 ? 950 : 100,
                                    null,
                                    "")
                            .judged())
                    .toList();
            String text = SummaryMarkdown.render(
                    List.of(new TestReport("com.acme.FineTest#fine", "fine()", levels, List.of())));

            int fold = text.indexOf("<details><summary>13 budgets hold</summary>\n\n|");
            assertThat(fold).isGreaterThan(text.indexOf("| ✘ | 9 users | `ttft p95 < 900 ms` |"));
            assertThat(text.substring(fold)).contains("| ✔ | 14 users |", "|\n\n</details>\n\n| level |");
            assertThat(text.substring(0, fold)).doesNotContain("| ✔ |");
        }

        @Test
        void summary_ofNothing_saysSo() {
            assertThat(SummaryMarkdown.render(List.of())).isEqualTo("# LLM load\n\nNo load test ran.\n");
        }
    }

    @Nested
    class ForTheEye {
        @Test
        void aLevel_isARowPerMetric() {
            Golden.matches("level.csv", Csv.table(ShortTables.level(HUNDRED)));
        }

        @Test
        void aTest_isARowPerLevel() {
            Golden.matches("comparison.csv", Csv.table(ShortTables.comparison(TEST)));
        }

        @Test
        void thePage_hasNoScript_andIsWellFormed() {
            String page = LevelHtml.render(HUNDRED, InvocationOutcome.of(HUNDRED));

            assertThat(page).doesNotContainIgnoringCase("<script").contains("TTFT p95 1620 ms breaks its budget");
            Xml.parse(page.replace("<!doctype html>\n", "").replace("<meta charset=\"utf-8\">", ""));
        }

        @Test
        void thePageOfALevelWithoutSuccess_isMarkedSimulated() {
            String page = LevelHtml.render(NONE, InvocationOutcome.of(NONE));

            assertThat(page).contains("SIMULATED").contains("No request succeeded at 50 users: 250 of 250 failed");
        }
    }
}
