package dev.llmload.report.picture;

import static dev.llmload.report.ChartTests.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Golden;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.report.Xml;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.report.picture.SweepPictures.Picture;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepPicturesTests {
    private static Levels level(int users, double throughput, double mfu, double power) {
        Random random = new Random(users);
        double[] seconds = random.doubles(41, 0.9, 1.1).map(v -> v * throughput).toArray();
        return Levels.users(users)
                .succeeded(users * 5L)
                .latency(60 + 6.5 * users, 8 + users * 0.12, 0.3)
                .throughput(throughput)
                .quantity(Metric.MFU, mfu)
                .quantity(Metric.POWER, power)
                .quantity(Metric.TOKENS_PER_JOULE, throughput / power)
                .seconds(seconds)
                .measured("ttft p95 < 1500 ms");
    }

    private static LevelVerdict ten() {
        return level(10, 184.1, 0.0197, 242.3).judged();
    }

    private static LevelVerdict fifty() {
        return level(50, 756.9, 0.0809, 250.4).judged();
    }

    private static LevelVerdict hundred() {
        return level(100, 1457.8, 0.1558, 257.0)
                .succeeded(485)
                .failed(Outcome.HTTP_5XX, 12, 503)
                .failed(Outcome.TIMEOUT_FIRST_TOKEN, 3, 0)
                .outcome("mfu >= 12 %", Verdict.PASS, 15.6, null, "")
                .outcome("success_rate >= 99 %", Verdict.FAIL, 97.0, null, "")
                .judged();
    }

    private static LevelVerdict twoHundred() {
        return level(200, 1500.2, 0.1603, 258.1).judged();
    }

    private static TestReport report(LevelVerdict... levels) {
        return new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(levels), List.of());
    }

    private static String picture(TestReport test, String key) {
        return SweepPictures.of(test).stream()
                .filter(picture -> picture.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key))
                .svg();
    }

    @Nested
    class TheSheet {
        private final String svg = picture(report(ten(), fifty(), hundred(), twoHundred()), "scaling");

        @Test
        void saysTheFinding_andHasEachPanelsTitle() {
            sound(svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "Budgets hold up to 50 users; success rate breaks at 100 users",
                            "ChatReleaseTest.chat · llama-3-8b · throughput ×8.15 from 10 users to 200 users",
                            "latency",
                            "throughput, tok/s",
                            "MFU, % of the dense peak",
                            "gain of each step up, % of throughput",
                            "output tokens per joule",
                            "throughput per user, tok/s",
                            "stability, tok/s around each level's mean",
                            "successful requests, %",
                            "summary of the levels");
        }

        @Test
        void namesEveryLineAndLimit() {
            assertThat(Xml.texts(svg))
                    .contains(
                            "TTFT p50",
                            "TTFT p95",
                            "total latency p95",
                            "ttft p95 < 1500 ms",
                            "mfu >= 12 %",
                            "measured",
                            "fit, indicative",
                            "linear",
                            "dashed: below 10 % a step saturates",
                            "dashed: 99 %",
                            "15 failed");
        }

        @Test
        void isTheSameInEveryLocale() {
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertThat(picture(report(ten(), fifty(), hundred(), twoHundred()), "scaling"))
                        .isEqualTo(svg);
            } finally {
                Locale.setDefault(before);
            }
            Golden.matches("sweep.svg", svg);
        }
    }

    @Nested
    class EachPanelAlone {
        private final TestReport test = report(ten(), fifty(), hundred(), twoHundred());

        @Test
        void isAPictureWithAFindingOfItsOwn() {
            List<Picture> pictures = SweepPictures.of(test);

            assertThat(pictures)
                    .extracting(Picture::key)
                    .containsExactly(
                            "scaling",
                            "scaling-latency",
                            "scaling-throughput",
                            "scaling-mfu",
                            "scaling-gains",
                            "scaling-tokens-per-joule",
                            "scaling-per-user",
                            "scaling-stability",
                            "scaling-success",
                            "scaling-table");
            pictures.forEach(picture -> sound(picture.svg()));
            assertThat(pictures).extracting(Picture::title).contains("Throughput by level", "Latency by level");
        }

        @Test
        void findings() {
            assertThat(Xml.texts(picture(test, "scaling-throughput"))).contains("Throughput saturates at 100 users");
            assertThat(Xml.texts(picture(test, "scaling-mfu"))).contains("MFU reaches 16.0 % at 200 users");
            assertThat(Xml.texts(picture(test, "scaling-gains")))
                    .contains("100 → 200 users gains +2.9 %: below 10 %, saturated", "+311.1 %", "+14.3 /user");
            assertThat(Xml.texts(picture(test, "scaling-tokens-per-joule")))
                    .contains("Most tokens per joule at 200 users: 5.81");
            assertThat(Xml.texts(picture(test, "scaling-per-user")))
                    .contains("A user gets 18.4 tok/s at 10 users and 7.50 at 200 users");
            assertThat(Xml.texts(picture(test, "scaling-success")))
                    .contains("97.0 % of the requests succeed at 100 users");
            assertThat(Xml.texts(picture(test, "scaling-table"))).contains("Summary of 4 levels", "1458", "97.0 %");
        }

        @Test
        void withoutSaturationOrFailures() {
            TestReport fine = report(ten(), fifty());

            assertThat(Xml.texts(picture(fine, "scaling-throughput"))).contains("No saturation seen up to 50 users");
            assertThat(Xml.texts(picture(fine, "scaling-gains"))).contains("Every step up gains at least 10 %");
            assertThat(Xml.texts(picture(fine, "scaling-success"))).contains("All requests succeed up to 50 users");
        }

        @Test
        void theTableOfManyLevels_hasTheOnesThatDidNotPass() {
            TestReport many = report(IntStream.rangeClosed(1, 40)
                    .mapToObj(users -> Levels.users(users)
                            .outcome(
                                    "ttft p95 < 1500 ms",
                                    users == 39 ? Verdict.INCONCLUSIVE : Verdict.PASS,
                                    100,
                                    null,
                                    "")
                            .judged())
                    .toArray(LevelVerdict[]::new));

            List<String> texts = Xml.texts(picture(many, "scaling-table"));
            assertThat(texts).contains("1", "2", "39").doesNotContain("38", "40");
            assertThat(texts).anyMatch(text -> text.endsWith(" more in the tables"));
        }

        @Test
        void stabilityIsTheVariationOfTheSecondsInTheWindow() {
            // The window is from 1.9 s to 40.1 s: of these seconds those that lie in it whole alternate by ±10 %.
            double[] seconds = new double[41];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = i < 2 ? 5000 : i % 2 == 0 ? 90 : 110;
            }
            LevelVerdict wavering = Levels.users(10).seconds(seconds).judged();

            assertThat(StabilityPanel.variation(wavering.result()).orElseThrow())
                    .isCloseTo(0.1013, within(1e-4));
            assertThat(StabilityPanel.variation(
                            Levels.users(10).seconds(1, 2, 3).judged().result()))
                    .isEmpty();
        }
    }

    @Nested
    class OfAnOpenLoop {
        private static LevelVerdict rate(double perSecond, double answered, double ttft, double cost, long failed) {
            return Levels.perSecond(perSecond)
                    .succeeded(300)
                    .failed(Outcome.HTTP_5XX, failed, 503)
                    .latency(ttft, 11 + perSecond / 2, 0.3)
                    .throughput(answered * 117)
                    .quantity(Metric.REQUEST_RATE, answered)
                    .quantity(Metric.ACHIEVED_RATE, 0.99)
                    .quantity(Metric.COST_PER_MILLION, cost)
                    .measured("ttft p95 < 1500 ms")
                    .judged();
        }

        private final TestReport test = report(
                rate(1, 1, 120, 4.00, 0),
                rate(5, 4.98, 180, 0.80, 0),
                rate(10, 9.9, 400, 0.40, 1),
                rate(20, 13.4, 2500, 0.30, 52));

        @Test
        void theSheet_isThatOfRates() {
            String svg = picture(test, "scaling");

            sound(svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "requests per second, sent and answered",
                            "time to first token, from the scheduled instant",
                            "end to end, from the scheduled instant",
                            "generation speed of a request, tok/s",
                            "cost of a million tokens, $",
                            "recommendation",
                            "req/s")
                    .doesNotContain("users", "fit, 95 % band");
            Golden.matches("rates.svg", svg);
        }

        @Test
        void eachPanelAlone() {
            assertThat(SweepPictures.of(test))
                    .extracting(Picture::key)
                    .containsExactly(
                            "scaling",
                            "scaling-rate",
                            "scaling-ttft",
                            "scaling-e2e",
                            "scaling-speed",
                            "scaling-throughput",
                            "scaling-cost",
                            "scaling-success",
                            "scaling-advice",
                            "scaling-table");
            SweepPictures.of(test).forEach(picture -> sound(picture.svg()));
            assertThat(Xml.texts(picture(test, "scaling-rate"))).contains("Of 20 req/s only 13.4 are answered");
            assertThat(Xml.texts(picture(test, "scaling-cost")))
                    .contains("A million tokens cost least at 20 req/s: $0.30");
        }

        @Test
        void theConsole_hasTheRatesSideBySide() {
            Golden.matches("console-rates.txt", ConsoleTable.comparison(test));
        }
    }

    @Nested
    class WhatIsMissing {
        @Test
        void aPanelWithoutData_isNamedBelowTheOthers_andIsNoPictureOfItsOwn() {
            TestReport test = report(
                    Levels.users(10).throughput(184).judged(),
                    Levels.users(50).throughput(700).judged());

            String sheet = picture(test, "scaling");
            assertThat(Xml.texts(sheet))
                    .contains("not measured: MFU; output tokens per joule; stability")
                    .doesNotContain("MFU, % of the dense peak");
            assertThat(sheet).contains("viewBox=\"0 0 1200 724\""); // two rows of three panels, and the line below
            assertThat(SweepPictures.of(test))
                    .extracting(Picture::key)
                    .doesNotContain("scaling-mfu", "scaling-tokens-per-joule", "scaling-stability");
        }

        @Test
        void aBandThatIsWiderThanThePanel_endsWithIt() {
            TestReport test = report(
                    Levels.users(10).throughput(400).judged(),
                    Levels.users(20).throughput(500).judged(),
                    Levels.users(40).throughput(900).judged());

            String svg = picture(test, "scaling-throughput");

            assertThat(Xml.texts(svg)).contains("fit, indicative");
            Matcher band = Pattern.compile("<path d=\"M([^\"]*)Z\" fill=").matcher(svg);
            assertThat(band.find()).isTrue();
            assertThat(Arrays.stream(band.group(1).split("[MLHV]"))
                            .filter(point -> point.contains(" "))
                            .mapToDouble(
                                    point -> Double.parseDouble(point.strip().split(" ")[1])))
                    .isNotEmpty()
                    .allMatch(y -> y >= 112 && y <= 380);
        }

        @Test
        void aBudgetOfSomeLevelsOnly_isADashAtEachOfThem() {
            LevelVerdict strict = Levels.users(100)
                    .measured("ttft p95 < 1500 ms")
                    .measured("ttft p95 < 900 ms")
                    .judged();

            String svg = picture(report(ten(), fifty(), strict), "scaling-latency");

            assertThat(dashes(svg)).containsExactly(792.0, 52.0); // across the panel, and at one level
            assertThat(Xml.texts(svg)).contains("ttft p95 < 1500 ms", "ttft p95 < 900 ms");
        }

        @Test
        void aLevelWhosePercentileFailed_isInTheStripAboveAllValues() {
            LevelVerdict failing = Levels.users(70)
                    .succeeded(300)
                    .failed(Outcome.TIMEOUT_TOTAL, 50, 0)
                    .judged();

            assertThat(Xml.texts(picture(report(ten(), fifty(), failing), "scaling-latency")))
                    .contains("failed");
            assertThat(Xml.texts(picture(report(ten(), fifty()), "scaling-latency")))
                    .doesNotContain("failed");
        }

        @Test
        void oneLevel_manyLevels_andNone_canBeDrawn() {
            SweepPictures.of(report(fifty())).forEach(picture -> sound(picture.svg()));
            List<LevelVerdict> many = new ArrayList<>();
            for (int users = 1; users <= 2048; users *= 2) {
                many.add(Levels.users(users)
                        .succeeded(users >= 512 ? 0 : 5L * users)
                        .failed(Outcome.RATE_LIMITED, users / 128, 429)
                        .throughput(6000.0 * users / (users + 60))
                        .judged());
            }
            SweepPictures.of(new TestReport("com.acme.A#b", "b()", many, List.of()))
                    .forEach(picture -> sound(picture.svg()));
            List<Picture> none = SweepPictures.of(TestReport.unusable("com.acme.A#b", "b()", "no connection"));
            assertThat(none).hasSize(1);
            sound(none.get(0).svg());
            assertThat(Xml.texts(none.get(0).svg())).contains("No level was measured", "no connection");
        }

        @Test
        void aDecline_andAnEndlessInterval_canBeDrawn() {
            sound(picture(
                    report(
                            level(10, 500, 0.1, 200).judged(),
                            level(20, 300, 0.1, 200).judged(),
                            level(40, 100, 0.1, 200).judged()),
                    "scaling"));
            sound(picture(report(ten(), fifty(), level(100, 1457.8, 0.15, 257).judged()), "scaling"));
        }

        /** Lengths of the dashed lines of limits, in the order of drawing. */
        private static List<Double> dashes(String svg) {
            var lines = Xml.parse(svg).getElementsByTagName("line");
            List<Double> lengths = new ArrayList<>();
            for (int i = 0; i < lines.getLength(); i++) {
                var line = lines.item(i).getAttributes();
                if (line.getNamedItem("stroke-width") != null
                        && line.getNamedItem("stroke-width").getNodeValue().equals("1.2")) {
                    lengths.add(Double.parseDouble(line.getNamedItem("x2").getNodeValue())
                            - Double.parseDouble(line.getNamedItem("x1").getNodeValue()));
                }
            }
            return lengths;
        }
    }
}
