package dev.llmload.gate;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * A release gate on the command line: runs load tests and ends with 0 if all budgets hold, 1 if one is broken, 2 if it
 * could not tell (inconclusive, not measured, endpoint unusable, simulated), 3 if it was called in a wrong way or a test is
 * not configured.
 *
 * <pre>{@code
 * java -jar llm-load-gate.jar --class-path "target/test-classes:target/classes:target/gate-libs/*" \
 *   --url http://gpu-host:8000 --model llama-3-8b --scan-package com.acme.gates
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Main {
    private static final int COULD_NOT_TELL = 2;
    private static final int USAGE = 3;

    /** A class of each library that comes with the load tests, and where it comes from. */
    private static final Map<String, String> NEEDED = Map.of(
            "dev.llmload.junit.LlmLoad", "dev.llmload:llm-load-junit",
            "org.junit.platform.launcher.Launcher", "org.junit.platform:junit-platform-launcher",
            "org.junit.jupiter.engine.JupiterTestEngine", "org.junit.jupiter:junit-jupiter");

    private Main() {}

    /**
     * Runs and ends the process with the exit code.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(start(System.out, System.err, args));
    }

    /** On the class path that {@code --class-path} names, or else on the JVM's. */
    private static int start(PrintStream out, PrintStream err, String... args) {
        ClassLoader own = Main.class.getClassLoader();
        try {
            ClassLoader loader = TestClassPath.loader(args, own, line -> err.println("[llm-load] gate: " + line));
            return loader == own ? run(out, err, own, args) : runIn(loader, out, err, args);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    private static int runIn(ClassLoader loader, PrintStream out, PrintStream err, String... args) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Method run = Class.forName(Main.class.getName(), true, loader)
                    .getDeclaredMethod("run", PrintStream.class, PrintStream.class, ClassLoader.class, String[].class);
            run.setAccessible(true);
            return (int) run.invoke(null, out, err, loader, args);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the gate does not find itself on the class path", e);
        }
    }

    /** The exit code; nothing of JUnit is touched unless everything that is needed is there. */
    static int run(PrintStream out, PrintStream err, ClassLoader loader, String... args) {
        String missing = onlyHelp(args) ? "" : missing(loader);
        if (!missing.isEmpty()) {
            err.println("the gate needs on the class path (" + TestClassPath.OPTION + "), beside the load tests: "
                    + missing);
            return USAGE;
        }
        try {
            return GateCommand.run(out, err, args);
        } catch (Throwable e) { // an error ends a JVM with 1, which here says that a budget is broken
            err.println("the gate could not tell, because it failed with " + e);
            return COULD_NOT_TELL;
        }
    }

    private static boolean onlyHelp(String... args) {
        return args.length == 1 && Set.of("-h", "--help", "-V", "--version").contains(args[0]);
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
