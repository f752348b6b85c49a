package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressPrinterTests {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    @Test
    void elsewhere_isALineEveryFiveSeconds_andOnceForEachPhase() {
        ProgressPrinter printer = printer(false);
        for (int second = 0; second <= 10; second++) {
            now = second * 1_000_000_000L;
            progress(printer, "100 users", "window", second);
        }
        progress(printer, "100 users", "drain", 10);

        assertThat(output().lines())
                .containsExactly(
                        "[llm-load] 100 users  window  0/500  2 failed  12.1 req/s  1458 tok/s  TTFT p95 812 ms  1 min 30 s left",
                        "[llm-load] 100 users  window  5/500  2 failed  12.1 req/s  1458 tok/s  TTFT p95 812 ms  1 min 30 s left",
                        "[llm-load] 100 users  window  10/500  2 failed  12.1 req/s  1458 tok/s  TTFT p95 812 ms  1 min 30 s left",
                        "[llm-load] 100 users  drain  10/500  2 failed  12.1 req/s  1458 tok/s  TTFT p95 812 ms  1 min 30 s left");
    }

    @Test
    void onATerminal_oneLineIsRewrittenOnceASecond() {
        ProgressPrinter printer = printer(true);
        for (int tenth = 0; tenth <= 20; tenth++) {
            now = tenth * 100_000_000L;
            progress(printer, "100 users", "window", tenth);
        }

        assertThat(output().split("\r")).hasSize(4);
        assertThat(output())
                .doesNotContain("\n")
                .contains("  0/500")
                .contains("  10/500")
                .contains("  20/500");
    }

    @Test
    void aShorterLine_coversALongerOne_andPrintingClearsIt() {
        ProgressPrinter printer = printer(true);
        printer.waiting("http://gpu-host:8000", Duration.ofSeconds(3), Duration.ofMinutes(5));
        String longer = output();
        printer.progress("", "warm-up", 3, 0, 0, Double.NaN, Double.NaN, Double.NaN, Duration.ofSeconds(-1));
        printer.print("done");

        assertThat(longer).isEqualTo("\rwaiting for http://gpu-host:8000  3 s of at most 5 min 0 s");
        int width = longer.length() - 1;
        String shorter = "warm-up  3  0 failed";
        assertThat(output().substring(longer.length()))
                .isEqualTo("\r" + shorter + " ".repeat(width - shorter.length()) + "\r" + " ".repeat(shorter.length())
                        + "\rdone\n");
    }

    @Test
    void whatIsNotKnownYet_isLeftOut() {
        printer(false)
                .progress("10 users", "ramp-in", 0, 50, 0, Double.NaN, Double.NaN, Double.NaN, Duration.ofSeconds(-1));

        assertThat(output()).isEqualTo("[llm-load] 10 users  ramp-in  0/50  0 failed\n");
    }

    private void progress(ProgressPrinter printer, String level, String phase, int done) {
        printer.progress(level, phase, done, 500, 2, 12.1, 1457.8, 812, Duration.ofSeconds(90));
    }

    private ProgressPrinter printer(boolean terminal) {
        return new ProgressPrinter(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), Glyphs.UNICODE, terminal, () -> now);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
