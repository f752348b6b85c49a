package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.report.console.TextTable;
import dev.llmload.report.file.MarkdownTable;
import dev.llmload.report.page.HtmlTable;
import dev.llmload.result.Verdict;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One table, four media: what is a separator or markup in one of them stays text. */
class TableTests {
    private static final Table TABLE = Table.of(
                    Column.text(""), Column.code("budget"), Column.number("TTFT\np95"), Column.text("note"))
            .cells(
                    Cell.of("✘", Verdict.FAIL),
                    Cell.of("ttft p95 < 1 s"),
                    Cell.of("1,620"),
                    Cell.of("a, \"b\" | <i>c</i>"))
            .row("", "mfu >= 12%", "–", "")
            .build();

    @Test
    void csv_quotesACommaInsteadOfSplittingTheField() {
        assertThat(Csv.table(TABLE)).isEqualTo("""
                ,budget,TTFT p95,note
                ✘,ttft p95 < 1 s,"1,620","a, ""b"" | <i>c</i>"
                ,mfu >= 12%,–,
                """);
    }

    @Test
    void markdown_alignsNumbersRight_andEscapes() {
        assertThat(MarkdownTable.render(TABLE)).isEqualTo("""
                | | budget | TTFT p95 | note |
                |---|---|---:|---|
                | ✘ | `ttft p95 < 1 s` | 1,620 | a, "b" \\| &lt;i>c&lt;/i> |
                |  | `mfu >= 12%` | – |  |
                """);
    }

    @Test
    void html_hasAClassPerToneAndNumber_andEscapes() {
        assertThat(HtmlTable.render(TABLE)).isEqualTo("""
                <table><tr><th></th><th>budget</th><th class="n">TTFT p95</th><th>note</th></tr>
                <tr><td class="FAIL">✘</td><td>ttft p95 &lt; 1 s</td><td class="n">1,620</td>\
                <td>a, &quot;b&quot; | &lt;i&gt;c&lt;/i&gt;</td></tr>
                <tr><td></td><td>mfu &gt;= 12%</td><td class="n">–</td><td></td></tr>
                </table>
                """);
    }

    @Test
    void html_withoutTitles_hasNoRowOfTitles() {
        assertThat(HtmlTable.render(Table.of(Column.text(""), Column.number(""))
                        .row("a", "1")
                        .build()))
                .isEqualTo("<table><tr><td>a</td><td class=\"n\">1</td></tr>\n</table>\n");
    }

    @Nested
    class Console {
        private final Table table = Table.of(Column.text("\nLEVEL"), Column.number("TTFT\np95 ms"))
                .row("10 users", "5")
                .row("a longer level", "1234567")
                .build();

        @Test
        void aColumnIsAsWideAsAskedFor() {
            assertThat(TextTable.lines(table, 16, 9))
                    .containsExactly(
                            "                     TTFT",
                            "LEVEL              p95 ms",
                            "10 users                5",
                            "a longer level    1234567");
        }

        @Test
        void aLongCellWidensItsColumn_soThatNothingTouches() {
            assertThat(TextTable.lines(table, 4, 3))
                    .containsExactly(
                            "                  TTFT",
                            "LEVEL           p95 ms",
                            "10 users             5",
                            "a longer level 1234567");
        }

        @Test
        void whereColumnsAsWideAsAskedForDoNotFit_theyAreAsNarrowAsTheirCells() {
            assertThat(TextTable.within(table, 16, 9, 25)).isEqualTo(TextTable.lines(table, 16, 9));
            assertThat(TextTable.within(table, 16, 9, 24))
                    .containsExactly(
                            "                  TTFT",
                            "LEVEL           p95 ms",
                            "10 users             5",
                            "a longer level 1234567");
        }
    }

    @Test
    void aRowOfAnotherLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.of(Column.text("a")).row("1", "2").build())
                .withMessageStartingWith("a row of 2 cells in a table of 1 columns: ");
        assertThatIllegalArgumentException().isThrownBy(() -> Table.of().build());
    }
}
