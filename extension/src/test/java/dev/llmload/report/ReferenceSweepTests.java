package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.result.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What the published runs of Llama 3 8B on an A40 print for a sweep, and what is said here of the same numbers: everything
 * they say, and where the numbers do not bear it, that they do not.
 */
class ReferenceSweepTests {
    private static final double PEAK = 149.7e12;
    private static final double FLOPS_PER_TOKEN = 16e9;

    /** One row of a published table: users, tok/s, W, TTFT p95 in ms, seconds. */
    private record Row(int users, double throughput, double power, double ttft, double seconds) {
        LevelVerdict judged() {
            return Levels.users(users)
                    .succeeded(users * 5L)
                    .latency(ttft / 1.2, 20, 0.1)
                    .throughput(throughput)
                    .quantity(Metric.DECODE_MFU, throughput * FLOPS_PER_TOKEN / PEAK)
                    .quantity(Metric.MFU, throughput * FLOPS_PER_TOKEN / PEAK)
                    .quantity(Metric.POWER, power)
                    .quantity(Metric.TOKENS_PER_JOULE, throughput / power)
                    .quantity(Metric.REQUEST_RATE, users * 5 / seconds)
                    .lasting(Duration.ofMillis(Math.round(seconds * 1000)))
                    .judged();
        }
    }

    private static final TestReport FIRST = report(
            new Row(10, 184.1, 242.3, 5975.1, 31.9),
            new Row(50, 756.9, 250.4, 6835.6, 37.1),
            new Row(100, 1457.8, 257.0, 7321.3, 40.1));
    private static final TestReport SECOND = report(
            new Row(10, 159.5, 247.0, 5211.3, 27.7),
            new Row(50, 631.3, 251.6, 8021.5, 36.5),
            new Row(100, 1133.8, 256.8, 7650.9, 39.5));
    private static final TestReport THIRD = report(
            new Row(10, 154.9, 247.3, 5200, 27.5),
            new Row(50, 660.7, 254.9, 6800, 36.5),
            new Row(100, 1160.4, 260.1, 7600, 39.5));

    private static TestReport report(Row... rows) {
        List<LevelVerdict> levels = new ArrayList<>();
        for (Row row : rows) {
            levels.add(row.judged());
        }
        return new TestReport("com.acme.Lmdeploy#chat", "chat()", levels, List.of());
    }

    private static String flat(TestReport test) {
        return ConsoleTable.comparison(test).replaceAll(" *║\\n║ *", " ").replaceAll(" +", " ");
    }

    @Test
    void theWholeOfIt() {
        Golden.matches("console-reference.txt", ConsoleTable.comparison(FIRST));
    }

    @Nested
    class WhatTheyPrintIsThere {
        @Test
        void comparativeAnalysis() {
            // "50 users vs 10 users: Throughput 756.9 tok/s (+311.1%), MFU 8.09% (+311.1%)", "100 users: +691.7 %"
            assertThat(flat(FIRST))
                    .contains("50 users +311.1 % 8.09 +311.1 %", "100 users +691.9 % 15.58 +691.9 % +92.6 %");
        }

        @Test
        void saturationAnalysis() {
            // "Theoretical Max: 14424.3 tok/s, Half-Saturation (K): 891.1 users, R² = 0.999, Current Status: 10.1%"
            assertThat(flat(FIRST))
                    .contains(
                            "Vmax 14447 tok/s",
                            "K 893 users",
                            "R² 0.9992",
                            "the best level has 10.1 % of that maximum");
            assertThat(flat(SECOND)).contains("Vmax 4946 tok/s", "K 337 users", "22.9 % of that maximum");
            assertThat(flat(THIRD)).contains("Vmax 4622 tok/s", "K 299 users", "25.1 % of that maximum");
        }

        @Test
        void marginalGains() {
            // "10 → 50 users: +311.1% (+573 tok/s), 50 → 100 users: +92.6% (+701 tok/s)"
            assertThat(flat(FIRST)).contains("+311.1 % +14.3 0.88", "+92.6 % +14.0 0.95");
            assertThat(flat(SECOND)).contains("+295.8 % +11.8 0.85", "+79.6 % +10.1 0.84");
        }

        @Test
        void insights() {
            // "Best MFU: 15.58% at 100 users", "Best Throughput: 1457.8 tok/s at 100 users"
            assertThat(flat(FIRST))
                    .contains(
                            "throughput: 1458 tok/s at 100 users",
                            "MFU: 15.6 % at 100 users",
                            "no saturation seen up to 100 users: no step gains less than 10 %");
        }

        @Test
        void diminishingReturns_onTheValueBeforeRounding() {
            assertThat(flat(THIRD))
                    .contains("diminishing returns: 50 → 100 users adds 9.99 tok/s per added user, below 10");
            assertThat(flat(SECOND)).doesNotContain("diminishing");
        }
    }

    @Nested
    class WhatTheNumbersDoNotBearIsSaid {
        @Test
        void bestEfficiencyHasTwoWinners_andBothAreNamed() {
            assertThat(flat(FIRST))
                    .contains(
                            "tok/s per user: 18.4 at 10 users (the fewest users, as wherever throughput levels off)",
                            "tokens per joule: 5.67 tok/J (tok/W) at 100 users");
        }

        @Test
        void aThreePointFitIsIndicative_andItsEndIsNotBounded() {
            assertThat(flat(FIRST))
                    .contains(
                            "(95 % 1739 to unbounded)",
                            "1 degree of freedom: indicative only, with fewer than 5 levels",
                            "which the levels do not bound");
        }

        @Test
        void nobodyIsSentTo16930Users() {
            // Of the first run they say "Test up to 16930 users"; its curve ends at 154 % of the A40's peak.
            assertThat(flat(FIRST))
                    .contains("the GPUs' arithmetic allows 9356 tok/s of this model", "nothing is predicted from it")
                    .doesNotContain("16930", "16960");
            assertThat(flat(SECOND))
                    .contains("beyond 200 users, twice the highest level tested, nothing is predicted")
                    .contains("a level up to 200 users, at most the server's batch limit")
                    .doesNotContain("6405");
        }

        @Test
        void capacityTestedToTheTop_mayBeHigher() {
            assertThat(flat(FIRST))
                    .contains("optimum: 100 users", "it is the highest tested, so that the capacity may be higher")
                    .contains("run it at 70–80 % of that, 70 to 80 users");
        }
    }
}
