package dev.llmload.report.console;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * What standard output is. Immutable.
 *
 * @param rewrites whether it is a terminal of our own, on which a line can be rewritten
 * @param columns how wide a line may be
 * @param glyphs which characters it shows
 * @param colours of what is printed while tests run
 * @param coloursAtEnd of what is printed when all are over
 */
public record Terminal(boolean rewrites, int columns, Glyphs glyphs, Colours colours, Colours coloursAtEnd) {
    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 40;

    /** A log of 80 columns: no line is rewritten, nothing is coloured. */
    public static Terminal log(Glyphs glyphs) {
        return new Terminal(false, USUAL_COLUMNS, glyphs, Colours.NONE, Colours.NONE);
    }

    /** Standard output as it is now. */
    public static Terminal ofProcess() {
        return of(System.getenv(), isTerminal(), behindBuildTool(), Glyphs.ofConsole());
    }

    /**
     * By what is known of the process. A build tool that runs the tests in a process of their own copies what they print
     * into its reports, which are files: without a terminal of our own only the end is coloured, which goes to the tool's
     * own terminal and nowhere else.
     *
     * @param environment the variables of the process
     * @param own whether standard output is a terminal
     * @param tool whether it is a pipe to a build tool that writes to a terminal
     * @param glyphs which characters there are
     */
    static Terminal of(Map<String, String> environment, boolean own, boolean tool, Glyphs glyphs) {
        boolean rewrites = own && !"dumb".equals(environment.get("TERM"));
        return new Terminal(
                rewrites,
                columns(environment, own || tool),
                glyphs,
                own ? Colours.of(environment, true) : Colours.NONE,
                Colours.of(environment, own || tool));
    }

    private static int columns(Map<String, String> environment, boolean terminal) {
        OptionalInt said = number(environment.getOrDefault("COLUMNS", ""));
        OptionalInt known = said.isPresent() || !terminal ? said : ofStty();
        return Math.max(LEAST_COLUMNS, known.orElse(USUAL_COLUMNS));
    }

    private static OptionalInt number(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** Rows and columns, as {@code stty size} says them of the process's terminal. */
    private static OptionalInt ofStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return OptionalInt.empty();
            }
            try (InputStream said = stty.getInputStream()) {
                String[] size = new String(said.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ");
                return size.length == 2 ? number(size[1]) : OptionalInt.empty();
            }
        } catch (IOException e) {
            return OptionalInt.empty(); // there is no such program, or no terminal to ask
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
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
     * Whether the first process above this one that writes to something else than this one's pipe writes to a terminal. Known
     * where there is {@code /proc}; elsewhere it is taken not to.
     */
    private static boolean behindBuildTool() {
        Optional<String> own = output(ProcessHandle.current());
        if (own.filter(pipe -> pipe.startsWith("pipe:")).isEmpty()) {
            return false;
        }
        Optional<ProcessHandle> above = ProcessHandle.current().parent();
        while (above.flatMap(Terminal::output).equals(own)) {
            above = above.flatMap(ProcessHandle::parent);
        }
        return above.flatMap(Terminal::output)
                .filter(file -> file.startsWith("/dev/pts/") || file.startsWith("/dev/tty"))
                .isPresent();
    }

    private static Optional<String> output(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "fd", "1"))
                    .toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
