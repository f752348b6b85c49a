package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.page.LevelHtml;
import dev.llmload.report.picture.LatencyChart;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

public class ChartTests {
    private static Levels broken() {
        return Levels.users(100)
                .failed(Outcome.HTTP_5XX, 12, 503)
                .failed(Outcome.TIMEOUT_FIRST_TOKEN, 3, 0)
                .measured("ttft p95 < 1500 ms")
                .measured("ttft p50 < 900 ms")
                .measured("e2e p90 < 6000 ms")
                .measured("tpot p95 < 25 ms");
    }

    private static LevelVerdict ten() {
        return Levels.users(10)
                .succeeded(50)
                .latency(80, 8, 0.2)
                .throughput(184.1)
                .measured("ttft p95 < 1500 ms")
                .judged();
    }

    public static void sound(String svg) {
        var root = Xml.parse(svg).getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
        assertThat(svg)
                .doesNotContain("NaN")
                .doesNotContain("Infinity")
                .doesNotContain("@")
                .hasSizeLessThan(60_000);
    }

    @Nested
    class OfALevel {
        @Test
        void saysItsFinding_andLabelsItsBudgets() {
            String svg = LatencyChart.svg(broken().judged());

            sound(svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "TTFT p95 1896 ms breaks its budget of 1500 ms at 100 users",
                            "llama-3-8b · 500 requests, 97.0 % successful · steady window of 38.2 s",
                            "TTFT",
                            "total latency",
                            "TPOT",
                            "percentile of requests",
                            "50",
                            "90",
                            "95",
                            "99",
                            "ttft p95 < 1500 ms",
                            "ttft p50 < 900 ms",
                            "e2e p90 < 6000 ms",
                            "tpot p95 < 25 ms",
                            "1896 ms",
                            "3.0 % failed")
                    .doesNotContain("SIMULATED");
        }

        @Test
        void isTheSameForTheSameLevel_inEveryLocale() {
            String svg = LatencyChart.svg(broken().judged());
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertThat(LatencyChart.svg(broken().judged())).isEqualTo(svg);
            } finally {
                Locale.setDefault(before);
            }
            Golden.matches("latency.svg", svg);
        }

        @Test
        void aPercentileOnAFailure_isACross() {
            LevelVerdict level = Levels.users(200)
                    .succeeded(3000)
                    .failed(Outcome.TIMEOUT_TOTAL, 900, 0)
                    .latency(20, 60, 1.6)
                    .measured("ttft p95 < 1000 ms")
                    .judged();

            String svg = LatencyChart.svg(level);

            sound(svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "TTFT p95 breaks its budget of 1000 ms at 200 users: it falls on a failed request",
                            "23.1 % failed");
        }

        @Test
        void twoLimitsOnOneNumber_makeOneDot_andTheTighterIsTheFinding() {
            String svg = LatencyChart.svg(Levels.users(10)
                    .measured("ttft p95 < 9000 ms")
                    .measured("ttft p95 < 2000 ms")
                    .withoutTpot()
                    .judged());

            assertThat(Xml.texts(svg))
                    .contains("ttft p95 < 9000 ms", "ttft p95 < 2000 ms")
                    .satisfiesOnlyOnce(text -> assertThat(text).isEqualTo("1410 ms"))
                    .contains("TTFT p95 1410 ms holds its budget of 2000 ms at 10 users");
        }

        @Test
        void aLimitAboveEveryValue_keepsItsTextInThePanel() {
            LevelVerdict level =
                    Levels.users(10).measured("e2e p95 < 100000 ms").judged();
            var texts = Xml.parse(LatencyChart.svg(level)).getElementsByTagName("text");

            for (int i = 0; i < texts.getLength(); i++) {
                if (texts.item(i).getTextContent().equals("e2e p95 < 100000 ms")) {
                    String y = texts.item(i).getAttributes().getNamedItem("y").getNodeValue();
                    assertThat(Double.parseDouble(y)).isBetween(122.0, 408.0);
                }
            }
            assertThat(Xml.texts(LatencyChart.svg(level))).contains("e2e p95 < 100000 ms");
        }

        @Test
        void holds() {
            assertThat(Xml.texts(LatencyChart.svg(ten())))
                    .contains("TTFT p95 109 ms holds its budget of 1500 ms at 10 users");
        }

        @Test
        void anotherBudgetThatBreaks_isTheFinding() {
            LevelVerdict level = Levels.users(10)
                    .measured("ttft p95 < 9000 ms")
                    .outcome("throughput >= 2000 tok/s", Verdict.FAIL, 1457.8, null, "")
                    .judged();

            assertThat(Xml.texts(LatencyChart.svg(level)))
                    .contains("Throughput 1458 tok/s breaks its budget of 2000 tok/s at 10 users");
        }

        @Test
        void withoutSuccess_saysSo() {
            String svg = LatencyChart.svg(Levels.users(50)
                    .succeeded(0)
                    .failed(Outcome.CONNECT, 250, 0)
                    .simulated()
                    .judged());

            sound(svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "No request succeeded at 50 users: 250 of 250 failed",
                            "No latency to draw: no request succeeded",
                            "250 failed: 250× CONNECT",
                            "SIMULATED");
        }

        @Test
        void aSingleRequest_andExtremeValues_canBeDrawn() {
            for (double millis : new double[] {0.0001, 1, 60_000}) {
                for (int count : new int[] {1, 5, 200, 201, 5000}) {
                    sound(LatencyChart.svg(Levels.users(1)
                            .succeeded(count)
                            .latency(millis, 0.001, 0)
                            .withoutTpot()
                            .judged()));
                }
            }
        }

        @Test
        void hostileNames_areText() {
            LevelVerdict level = Levels.users(1)
                    .outcome("ttft p95 < 1 s", Verdict.INCONCLUSIVE, 0.5, null, "<b>&\u0001")
                    .judged();

            sound(LatencyChart.svg(level));
            assertThat(LevelHtml.render(level, InvocationOutcome.of(level))).contains("&lt;b&gt;&amp;");
        }
    }
}
