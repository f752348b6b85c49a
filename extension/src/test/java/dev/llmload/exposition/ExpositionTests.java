package dev.llmload.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a page is a sample, and what it says. */
class ExpositionTests {
    private static Sample sample(String name, double value, String... labels) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return new Sample(name, all, value);
    }

    @Nested
    class SampleTests {
        @Test
        void nameLabelsAndValue_besideCommentsAndBlankLines() {
            assertThat(Exposition.parse("""
                            # HELP http_requests_total The total.
                            # TYPE http_requests_total counter
                            http_requests_total{method="post",code="200"} 1027

                            metric_without_labels 12.47
                            """))
                    .containsExactly(
                            sample("http_requests_total", 1027, "method", "post", "code", "200"),
                            sample("metric_without_labels", 12.47));
        }

        @Test
        void timesAndExemplars_areNoPartOfTheValue() {
            assertThat(Exposition.parse("""
                            a 1 1395066363000
                            b{le="8"} 2 # {trace_id="a } b"} 7.5 1520879607.789
                            c{x="} 9 #"} 3 1520879607.789 # {} 4
                            """))
                    .containsExactly(sample("a", 1), sample("b", 2, "le", "8"), sample("c", 3, "x", "} 9 #"));
        }

        @Test
        void escapesAreResolved_unknownOnesStay() {
            assertThat(Exposition.parse("a{path=\"C:\\\\DIR\\n\\\"q\\\"\\d\"} 1\n"))
                    .containsExactly(sample("a", 1, "path", "C:\\DIR\n\"q\"\\d"));
        }

        @Test
        void quotedNames() {
            assertThat(Exposition.parse("{\"my.name\",\"a.b\"=\"c\"} 1\n{x=\"y\",\"other\"} 2\n"))
                    .containsExactly(sample("my.name", 1, "a.b", "c"), sample("other", 2, "x", "y"));
        }

        @Test
        void blanksAndATrailingComma_areFree() {
            assertThat(Exposition.parse(" \ta { x = \"1\" ,\ty=\"2\", }\t 3  4 \n"))
                    .containsExactly(sample("a", 3, "x", "1", "y", "2"));
            assertThat(Exposition.parse("a{}5\n")).containsExactly(sample("a", 5));
        }

        @Test
        void everyNumberOfTheFormat() {
            List<Sample> found = Exposition.parse("""
                    a 1e3
                    a -2.5E-1
                    a .5
                    a 5.
                    a +Inf
                    a -inf
                    a Infinity
                    a NaN
                    a 1.7976931348623157e+309
                    """);
            assertThat(found)
                    .extracting(Sample::value)
                    .containsExactly(
                            1000.0,
                            -0.25,
                            0.5,
                            5.0,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            Double.NaN,
                            Double.POSITIVE_INFINITY);
        }

        @Test
        void anAbsentLabel_isAnEmptyOne() {
            assertThat(sample("a", 1, "x", "y").label("x")).isEqualTo("y");
            assertThat(sample("a", 1).label("x")).isEmpty();
        }
    }

    @Nested
    class PageTests {
        @Test
        void linesEndWithLfOrCrLf_andAByteOrderMarkIsSkipped() {
            assertThat(Exposition.parse("\uFEFFa 1\r\nb 2\n")).containsExactly(sample("a", 1), sample("b", 2));
        }

        @Test
        void whatFollowsTheEnd_isNoPartOfIt() {
            assertThat(Exposition.parse("a 1\n# EOF\na 2\n")).containsExactly(sample("a", 1));
        }

        @Test
        void aLineThatIsCutOff_isNotRead() {
            assertThat(Exposition.parse("a 1\na 123")).containsExactly(sample("a", 1));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "a ",
                    "a{",
                    "a{x",
                    "a{x=",
                    "a{x=\"1",
                    "a{x=\"1\"",
                    "a{x=\"1\" y=\"2\"} 1",
                    "a{x=1} 1",
                    "a{,} 1",
                    "a{\"x\"} 1",
                    "{x=\"1\"} 1",
                    "{} 1",
                    "a five",
                    "a 1d",
                    "a 0x1p3",
                    "a 1_000",
                    "a --1",
                    "<html>{}</html>",
                    "{\"error\": \"not found\"}",
                    "\"quoted\" 1"
                })
        void whatIsNoSample_isSkipped(String line) {
            assertThat(Exposition.parse("b 1\n" + line + "\nb 2\n")).containsExactly(sample("b", 1), sample("b", 2));
        }
    }
}
