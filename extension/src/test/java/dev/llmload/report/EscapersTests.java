package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.report.chart.XmlText;
import dev.llmload.report.file.GithubAnnotations;
import dev.llmload.report.file.Markdown;
import dev.llmload.report.file.MetricFamily;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each medium has one escaper: what others wrote stays text there. */
class EscapersTests {
    @Nested
    class InMarkdown {
        @ParameterizedTest
        @CsvSource(delimiter = '!', quoteCharacter = '"', textBlock = """
                <script>alert(1)</script>     ! &lt;script>alert(1)&lt;/script>
                a | b                         ! a \\| b
                [x](y)                        ! \\[x\\](y)
                *a* _b_ **c** ~~d~~           ! \\*a\\* \\_b\\_ \\*\\*c\\*\\* \\~\\~d\\~\\~
                success_rate of a_b_c         ! success_rate of a_b_c
                see https://x.y/z, www.x.y    ! see https:&#47;/x.y/z, www&#46;x.y
                @team, a@b.c, #12             ! @&#8203;team, a@&#8203;b.c, #&#8203;12
                &lt;b&gt; a & b               ! &amp;lt;b&amp;gt; a &amp; b
                C:\\temp                      ! C:\\\\temp
                # heading                     ! \\# heading
                > quoted                      ! \\> quoted
                - item                        ! \\- item
                1. item                       ! 1\\. item
                -5.0 ms and +3.1 %            ! -5.0 ms and +3.1 %
                set `maxTokens` to 1          ! set `maxTokens` to 1
                one ` alone                   ! one \\` alone
                `<b>|</b>`                    ! `<b>\\|</b>`
                costs 2 $ or $5, $x$          ! costs 2 $ or $5, \\$x$
                """)
        void textStaysText(String text, String markdown) {
            assertThat(Markdown.text(text)).isEqualTo(markdown);
        }

        @Test
        void animageIsNone() {
            assertThat(Markdown.text("![x](http://h/p.png)")).isEqualTo("!\\[x\\](http:&#47;/h/p.png)");
        }

        @Test
        void aLineEndCannotBeginAnything() {
            assertThat(Markdown.text("a\n\n# b\r\n| c")).isEqualTo("a  # b \\| c");
        }

        @Test
        void code_cannotBeLeft() {
            assertThat(Markdown.code("a` <b> `c|d\n")).isEqualTo("`a' <b> 'c\\|d`");
            assertThat(Markdown.code("")).isEmpty();
        }
    }

    @Nested
    class InXmlAndHtml {
        @Test
        void markupIsText_andWhatCannotBeThereIsReplaced() {
            assertThat(XmlText.escape("<a b=\"c\">&\u0000\u001b\u0085\u202e\ud800\uffff é😀"))
                    .isEqualTo("&lt;a b=&quot;c&quot;&gt;&amp;\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD é😀");
        }
    }

    @Nested
    class InCsv {
        @ParameterizedTest
        @CsvSource({
            "=1+1, '''=1+1'",
            "+cmd, '''+cmd'",
            "-cmd, '''-cmd'",
            "@SUM(A1), '''@SUM(A1)'",
            "＝1, '''＝1'",
            "-2.0, -2.0",
            "+7.9 %, +7.9 %",
            "-1e-5, -1e-5",
            "-, -",
            "a=b, a=b",
        })
        void aFormulaIsText_andANumberANumber(String field, String cell) {
            assertThat(Csv.row(List.of(field))).isEqualTo(cell + "\n");
        }

        @Test
        void whatBeginsWithATabOrALineEnd_isText() {
            assertThat(Csv.row(List.of("\t=1", "\r=1", "-2+3,\"x\"")))
                    .isEqualTo("'\t=1,\"'\r=1\",\"'-2+3,\"\"x\"\"\"\n");
        }
    }

    @Nested
    class InMetrics {
        @Test
        void aLabelCannotBeLeft() {
            MetricFamily family = MetricFamily.gauge("llmload_x_ratio", "ratio", "help");
            family.add(java.util.Map.of("model", "a\"} 1\nllmload_y{b=\"\\"), 1);
            assertThat(family.text().lines().filter(line -> !line.startsWith("#")))
                    .containsExactly("llmload_x_ratio{model=\"a\\\"} 1\\nllmload_y{b=\\\"\\\\\"} 1");
        }
    }

    @Nested
    class InWorkflowCommands {
        @Test
        void aMessageCannotBeLeft() {
            assertThat(GithubAnnotations.data("a%\r\n::error::b")).isEqualTo("a%25%0D%0A::error::b");
            assertThat(GithubAnnotations.property("a::b,c=d")).isEqualTo("a%3A%3Ab%2Cc=d");
        }
    }
}
