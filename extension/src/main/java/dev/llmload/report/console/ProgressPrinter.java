package dev.llmload.report.console;

import dev.llmload.report.Numbers;
import dev.llmload.report.ShownNumbers;
import dev.llmload.result.text.Printable;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says how a run is getting on: on a terminal one line that is rewritten once a second, elsewhere a line every five
 * seconds. A new phase or level is said at once. Thread-safe; every call is short and may print.
 */
public final class ProgressPrinter {
    private static final long TERMINAL_NANOS = 1_000_000_000L;
    private static final long LOG_NANOS = 5_000_000_000L;
    private static final int COLUMNS = 110;

    private final PrintStream out;
    private final Glyphs glyphs;
    private final boolean terminal;
    private final LongSupplier clock;
    private String topic = "";
    private long last;
    private int shown;

    /**
     * For one stream.
     *
     * @param out where to print
     * @param glyphs which characters it has
     * @param terminal whether it is a terminal, on which a line can be rewritten
     * @param clock nanoseconds, like {@link System#nanoTime()}
     */
    public ProgressPrinter(PrintStream out, Glyphs glyphs, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.glyphs = glyphs;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** For standard output as it is now. */
    public static ProgressPrinter forConsole() {
        return new ProgressPrinter(System.out, Glyphs.ofConsole(), isTerminal(), System::nanoTime);
    }

    // From Java 22 on there is a console object even where output goes to a file; it then has a method to ask.
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    /**
     * Where a level is; prints only when a line is due. Numbers that are not known yet are NaN.
     *
     * @param level name of the level, or empty before the first
     * @param phase what is going on
     * @param done requests that ended
     * @param total requests to come to, or 0 if that is not known
     * @param failures of those that ended
     * @param requestsPerSecond requests that ended per second
     * @param tokensPerSecond output tokens per second
     * @param ttftP95Millis 95th percentile of the time to first token so far, ms; infinite where it falls on a failed request
     * @param remaining how long it will still take; negative if that is not known
     */
    public synchronized void progress(
            String level,
            String phase,
            int done,
            int total,
            long failures,
            double requestsPerSecond,
            double tokensPerSecond,
            double ttftP95Millis,
            Duration remaining) {
        if (!due(level + "/" + phase)) {
            return;
        }
        StringBuilder line = new StringBuilder(level.isEmpty() ? phase : level + "  " + phase);
        line.append("  ").append(done);
        if (total > 0) {
            line.append('/').append(total);
        }
        line.append("  ").append(failures).append(" failed");
        append(line, requestsPerSecond, "req/s");
        append(line, tokensPerSecond, "tok/s");
        if (!Double.isNaN(ttftP95Millis)) {
            line.append("  TTFT p95 ")
                    .append(
                            Double.isInfinite(ttftP95Millis)
                                    ? ShownNumbers.FAILED
                                    : Numbers.plain(ttftP95Millis) + " ms");
        }
        if (!remaining.isNegative()) {
            line.append("  ").append(clock(remaining)).append(" left");
        }
        status(line.toString());
    }

    /**
     * Waiting for something; prints only when a line is due.
     *
     * @param what for what
     * @param elapsed how long already
     * @param limit how long at most
     */
    public synchronized void waiting(String what, Duration elapsed, Duration limit) {
        if (due("waiting/" + what)) {
            status("waiting for " + what + "  " + clock(elapsed) + " of at most " + clock(limit));
        }
    }

    /** Prints text on lines of its own, whatever is on the status line. */
    public synchronized void print(String text) {
        finish();
        out.print(glyphs.of(Printable.lines(text.endsWith("\n") ? text : text + "\n")));
        out.flush();
    }

    /** Ends the status line, so that others can print. */
    public synchronized void finish() {
        if (terminal && shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            out.flush();
            shown = 0;
        }
        topic = "";
    }

    private boolean due(String now) {
        long nanos = clock.getAsLong();
        if (topic.equals(now) && nanos - last < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
            return false;
        }
        topic = now;
        last = nanos;
        return true;
    }

    private void status(String text) {
        String line = glyphs.of(Printable.line(text));
        if (!terminal) {
            out.print("[llm-load] " + line + "\n");
        } else {
            String fits = line.length() <= COLUMNS ? line : line.substring(0, COLUMNS);
            out.print("\r" + fits + " ".repeat(Math.max(0, shown - fits.length())));
            shown = fits.length();
        }
        out.flush();
    }

    private static void append(StringBuilder line, double rate, String unit) {
        if (Double.isFinite(rate) && rate > 0) {
            line.append("  ").append(Numbers.plain(rate)).append(' ').append(unit);
        }
    }

    private static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
