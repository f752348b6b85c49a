package dev.llmload.gate;

import java.io.PrintStream;
import java.util.Map;

/**
 * A release gate on the command line: runs load tests and ends with 0 if all budgets hold, 1 if one is broken, 2 if it
 * could not tell (inconclusive, not measured, endpoint unusable, simulated), 3 if it was called in a wrong way or a test is
 * not configured.
 *
 * <pre>{@code
 * java -cp ... dev.llmload.gate.Main --url http://gpu-host:8000 --model llama-3-8b --scan-package com.acme.gates
 * }</pre>
 */
public final class Main {
    private static final int COULD_NOT_TELL = 2;
    private static final int USAGE = 3;

    /** A class of each optional dependency, and where it comes from. */
    private static final Map<String, String> NEEDED = Map.of(
            "picocli.CommandLine", "info.picocli:picocli",
            "org.junit.platform.launcher.Launcher", "org.junit.platform:junit-platform-launcher",
            "org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener",
                    "org.junit.platform:junit-platform-reporting",
            "org.junit.jupiter.engine.JupiterTestEngine", "org.junit.jupiter:junit-jupiter");

    private Main() {}

    /**
     * Runs and ends the process with the exit code.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, Main.class.getClassLoader(), args));
    }

    /** The exit code; nothing of picocli is touched unless everything that is needed is there. */
    static int run(PrintStream out, PrintStream err, ClassLoader loader, String... args) {
        String missing = missing(loader);
        if (!missing.isEmpty()) {
            err.println("the gate needs on the class path, beside the load tests: " + missing);
            return USAGE;
        }
        try {
            return GateCommand.run(out, err, args);
        } catch (Throwable e) { // an error ends a JVM with 1, which here says that a budget is broken
            err.println("the gate could not tell, because it failed with " + e);
            return COULD_NOT_TELL;
        }
    }

    private static String missing(ClassLoader loader) {
        return NEEDED.entrySet().stream()
                .filter(needed -> loader.getResource(needed.getKey().replace('.', '/') + ".class") == null)
                .map(Map.Entry::getValue)
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
