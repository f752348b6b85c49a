package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressPrinterTests {
    private static final Duration NOT_KNOWN = Duration.ofSeconds(-1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    @Nested
    class InALog {
        private final ProgressPrinter printer = printer(Terminal.log(Glyphs.UNICODE));

        @Test
        void aLineIsPrintedWhenALevelBegins_andThenEveryTenSeconds_whateverThePhase() {
            for (int second = 0; second <= 20; second++) {
                now = second * 1_000_000_000L;
                printer.progress(level("100 users", second < 4 ? "ramp-in" : "window", second));
            }
            printer.progress(level("200 users", "ramp-in", 0));

            assertThat(output().lines())
                    .containsExactly(
                            "[llm-load] 2/6 100 users  0/500  2 failed  TTFT p95 812 ms  1m30s/9m05s left",
                            "[llm-load] 2/6 100 users  10/500  2 failed  TTFT p95 812 ms  1m30s/9m05s left",
                            "[llm-load] 2/6 100 users  20/500  2 failed  TTFT p95 812 ms  1m30s/9m05s left",
                            "[llm-load] 2/6 200 users  0/500  2 failed  TTFT p95 812 ms  1m30s/9m05s left");
        }

        @Test
        void whatIsWaitedForGoesOnInTheNextLine_soThatTheReasonIsThere() {
            printer.waiting(
                    "http://gpu-host.example.com:8000/v1/chat/completions (no answer yet)",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(2));

            assertThat(output())
                    .isEqualTo("[llm-load] waiting 1s of at most 2m00s for\n"
                            + "           http://gpu-host.example.com:8000/v1/chat/completions (no answer yet)\n");
        }

        @Test
        void whatIsNotKnownYet_isLeftOut() {
            printer.progress(unknown("10 users", "ramp-in", 0, 50));

            assertThat(output()).isEqualTo("[llm-load] 10 users begins, 50 requests\n");
        }
    }

    @Nested
    class OnATerminal {
        private final ProgressPrinter printer = printer(terminal(80));

        @Test
        void oneLineIsRewrittenOnceASecond_andNeverFillsTheLastColumn() {
            for (int tenth = 0; tenth <= 20; tenth++) {
                now = tenth * 100_000_000L;
                printer.progress(level("100 users", "window", tenth));
            }

            List<String> shown = output().substring(1).lines().toList();
            assertThat(output().split("\r")).hasSize(4);
            assertThat(output()).doesNotContain("\n");
            assertThat(shown).allSatisfy(line -> assertThat(line.strip()).hasSizeLessThan(80));
            assertThat(output()).contains("  0/500").contains("  10/500").contains("  20/500");
        }

        @Test
        void whatHasNoRoom_isCut_andShowsThatItIs() {
            printer.waiting("http://gpu-host:8000/" + "a".repeat(80), Duration.ofSeconds(3), Duration.ofMinutes(5));

            assertThat(output()).hasSize(80).endsWith("aaa…");
        }

        @Test
        void aShorterLineCoversALongerOne_andPrintingClearsIt() {
            printer.waiting("http://gpu-host:8000", Duration.ofSeconds(3), Duration.ofMinutes(5));
            String longer = output();
            printer.progress(unknown("warm-up", "warm-up", 3, 0));
            printer.print("done");

            assertThat(longer).isEqualTo("\rwaiting 3s of at most 5m00s for http://gpu-host:8000");
            int width = longer.length() - 1;
            String shorter = "warm-up  3  0 failed";
            assertThat(output().substring(longer.length()))
                    .isEqualTo("\r" + shorter + " ".repeat(width - shorter.length()) + "\r"
                            + " ".repeat(shorter.length()) + "\rdone\n");
        }
    }

    @Test
    void onATerminalALineThatIsTooLongSaysThatItIsCut() {
        ProgressPrinter printer = printer(terminal(60));

        printer.waiting("http://gpu-host:8000/v1/chat/completions", Duration.ofSeconds(3), Duration.ofMinutes(5));

        assertThat(output()).isEqualTo("\rwaiting 3s of at most 5m00s for http://gpu-host:8000/v1/ch…");
    }

    @Nested
    class TheLine {
        @Test
        void whereThereIsRoom_saysEverything() {
            assertThat(ProgressLine.of(level("100 users", "drain", 125), 140, true))
                    .isEqualTo("2/6 100 users  █████░░░░░░░░░░░░░░░  drain  125/500  2 failed  12.1 req/s  1458 tok/s"
                            + "  TTFT p95 812 ms  1m30s/9m05s left");
        }

        @Test
        void in80Columns_leavesOutWhatMattersLeast() {
            assertThat(ProgressLine.of(level("100 users", "window", 125), 79, true))
                    .isEqualTo("2/6 100 users  125/500  2 failed  12.1 req/s  TTFT p95 812 ms  1m30s/9m05s left");
            assertThat(ProgressLine.of(level("1 user", "window", 125), 90, true))
                    .isEqualTo("2/6 1 user  ███░░░░░░░░░  125/500  2 failed  12.1 req/s  TTFT p95 812 ms"
                            + "  1m30s/9m05s left");
            assertThat(ProgressLine.of(level("1 user", "window", 125), 60, true))
                    .isEqualTo("2/6 1 user  125/500  2 failed  1m30s/9m05s left");
        }

        @ParameterizedTest
        @ValueSource(ints = {40, 53, 60, 79, 80, 100, 120, 200})
        void neverIsWiderThanAsked(int columns) {
            assertThat(ProgressLine.of(level("a stage with a name of its own", "ramp-in", 499), columns, true))
                    .hasSizeLessThanOrEqualTo(columns)
                    .startsWith("2/6 a stage");
        }

        @Test
        void ofTheOnlyLevel_hasNoNumberAndOneTime() {
            ShownProgress only = new ShownProgress(
                    "10 users",
                    1,
                    1,
                    "window",
                    5,
                    50,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Duration.ofMinutes(125),
                    Duration.ofMinutes(125));

            assertThat(ProgressLine.of(only, 79, false))
                    .isEqualTo("10 users  5/50  0 failed  TTFT p95 failed  2h05m left");
        }
    }

    @Nested
    class TheTest {
        private final TestClock clock = new TestClock(List.of("1 user", "2 users", "4 users"), 1, () -> now);

        @Test
        void willTakeForEachLevelToComeWhatThoseBeforeTook() {
            assertThat(clock.remaining("1 user", Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(30));
            now = 20_000_000_000L;
            assertThat(clock.remaining("2 users", Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(70));
            now = 60_000_000_000L;
            assertThat(clock.remaining("4 users", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
            assertThat(clock.number("4 users")).isEqualTo(3);
        }

        @Test
        void countsRepeatedRuns() {
            TestClock twice = new TestClock(List.of("1 user", "2 users"), 2, () -> now);
            twice.run(2);

            assertThat(twice.remaining("1 user", Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        void isNotKnown_beforeTheFirstLevelOrWhereTheLevelIsNot() {
            assertThat(clock.remaining("warm-up", Duration.ofSeconds(10))).isNegative();
            assertThat(clock.remaining("1 user", NOT_KNOWN)).isNegative();
        }
    }

    private static ShownProgress level(String level, String phase, int done) {
        return new ShownProgress(
                level, 2, 6, phase, done, 500, 2, 12.1, 1457.8, 812, Duration.ofSeconds(90), Duration.ofSeconds(545));
    }

    private static ShownProgress unknown(String level, String phase, int done, int total) {
        return new ShownProgress(
                level, 0, 6, phase, done, total, 0, Double.NaN, Double.NaN, Double.NaN, NOT_KNOWN, NOT_KNOWN);
    }

    private static Terminal terminal(int columns) {
        return new Terminal(true, columns, Glyphs.UNICODE, Colours.NONE, Colours.NONE);
    }

    private ProgressPrinter printer(Terminal terminal) {
        return new ProgressPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
