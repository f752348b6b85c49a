package dev.llmload.report.console;

import dev.llmload.result.text.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Prints what people read, and alone touches the standard streams. Says how a run is getting on: on a terminal one line that
 * is rewritten once a second, elsewhere a line when a level begins and then one every ten seconds. No such line is wider than
 * the terminal: there the rest is cut, elsewhere it goes on in the next line. Thread-safe; every call is short and may print.
 */
public final class ProgressPrinter {
    private static final long TERMINAL_NANOS = 1_000_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;
    private static final String LEAD = "[llm-load] ";

    private final PrintStream out;
    private final Terminal terminal;
    private final LongSupplier clock;
    private String topic = "";
    private long last;
    private int shown;

    /**
     * For one stream.
     *
     * @param out where to print
     * @param terminal what that is
     * @param clock nanoseconds, like {@link System#nanoTime()}
     */
    public ProgressPrinter(PrintStream out, Terminal terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** For standard output as it is now. */
    public static ProgressPrinter forConsole() {
        return new ProgressPrinter(System.out, Terminal.ofProcess(), System::nanoTime);
    }

    /** For the error stream as it is now, as a log: nothing is rewritten or coloured. */
    public static ProgressPrinter forErrors() {
        return new ProgressPrinter(System.err, Terminal.log(Glyphs.ofConsole()), System::nanoTime);
    }

    /**
     * Where a level is; prints only when a line is due.
     *
     * @param now how far it is
     */
    public synchronized void progress(ShownProgress now) {
        if (due(terminal.rewrites() ? now.level() + "/" + now.phase() : now.level())) {
            boolean begins = !terminal.rewrites() && now.done() == 0 && now.failures() == 0;
            status(begins ? ProgressLine.beginning(now) : ProgressLine.of(now, room(), terminal.rewrites()));
        }
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
            status("waiting " + ProgressLine.clock(elapsed) + " of at most " + ProgressLine.clock(limit) + " for "
                    + what);
        }
    }

    /** Prints text on lines of its own, whatever is on the status line. */
    public synchronized void print(String text) {
        print(text, terminal.colours());
    }

    /** The same when all tests are over: where that goes decides alone whether it is coloured. */
    public synchronized void printAtEnd(String text) {
        print(text, terminal.coloursAtEnd());
    }

    /** Prints a line for a program that reads the output, such as a workflow command, as it stands. */
    public synchronized void command(String line) {
        finish();
        out.print(line + "\n");
        out.flush();
    }

    private void print(String text, Colours colours) {
        finish();
        String shownAs = terminal.glyphs().of(Printable.lines(text.endsWith("\n") ? text : text + "\n"));
        out.print(colours.of(shownAs));
        out.flush();
    }

    /** Ends the status line, so that others can print. */
    public synchronized void finish() {
        if (terminal.rewrites() && shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            out.flush();
            shown = 0;
        }
        topic = "";
    }

    private boolean due(String now) {
        long nanos = clock.getAsLong();
        if (topic.equals(now) && nanos - last < (terminal.rewrites() ? TERMINAL_NANOS : LOG_NANOS)) {
            return false;
        }
        topic = now;
        last = nanos;
        return true;
    }

    // The last column of a terminal stays free: a line that fills it would go on to the next one.
    private int room() {
        return terminal.rewrites() ? terminal.columns() - 1 : terminal.columns() - LEAD.length();
    }

    private void status(String text) {
        String line = terminal.glyphs().of(Printable.line(text));
        if (!terminal.rewrites()) {
            Wrapping.lines(LEAD + line, terminal.columns(), LEAD.length()).forEach(part -> out.print(part + "\n"));
        } else {
            String fits = line.length() <= room()
                    ? line
                    : line.substring(0, room() - 1) + terminal.glyphs().of("…");
            out.print("\r" + fits + " ".repeat(Math.max(0, shown - fits.length())));
            shown = fits.length();
        }
        out.flush();
    }
}
