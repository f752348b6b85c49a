package dev.llmload.gate;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line's options. Used once. */
@Command(
        name = "gate",
        sortOptions = false,
        usageHelpWidth = 110,
        versionProvider = GateCommand.Version.class,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeOnExecutionException = ExitCode.COULD_NOT_TELL,
        header = "Runs load tests against an LLM endpoint and says whether the release holds its budgets.",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:all budgets hold",
            "1:a budget is broken, or an assertion of a test",
            "2:could not tell: inconclusive, not measured, endpoint unusable, simulated",
            "3:called in a wrong way, nothing to run, or a test is not configured"
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  gate --url http://gpu-host:8000 --model llama-3-8b --release 2026-11 --scan-package com.acme.gates",
            "  gate --url http://gpu-host:8000 --select com.acme.gates.ChatGate#chat -D llmload.concurrency=10,50",
            "  gate --url http://gpu-host:8000 --scan-package com.acme.gates --tags 'chat & !slow' --dry-run",
            "",
            "The API key comes from the environment (LLM_API_KEY), as do all keys (LLMLOAD_URL).",
            "In a GitHub workflow the job's summary and annotations beside the code are written, too."
        })
final class GateCommand implements Callable<Integer> {
    private static final String NOT_MEASURED = "llmload.notMeasured";

    @Option(
            names = {"-p", "--scan-package"},
            split = ",",
            paramLabel = "PACKAGE",
            description = "the load tests in a package and below it; repeatable")
    private List<String> packages = new ArrayList<>();

    @Option(
            names = {"-s", "--select"},
            split = ",",
            paramLabel = "CLASS[#METHOD]",
            description = "the load tests of a class, or one; repeatable")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-t", "--tags"},
            paramLabel = "EXPRESSION",
            description = "of these, only those whose JUnit tags match: 'chat & !slow'; repeatable, all must match")
    private List<String> tags = new ArrayList<>();

    /** Read before this class is loaded: see TestClassPath. */
    @Option(
            names = TestClassPath.OPTION,
            paramLabel = "PATH",
            description = "class path of the load tests, with their JUnit and llm-load-junit, as java -cp takes it "
                    + "(target/test-classes:target/classes:target/gate-libs/*); the JVM's own if it is left out")
    private @Nullable String classPath;

    @Option(names = "--url", paramLabel = "URL", description = "server, API base or endpoint (llmload.url)")
    private @Nullable String url;

    @Option(names = "--model", paramLabel = "NAME", description = "model in the requests (llmload.model)")
    private @Nullable String model;

    @Option(names = "--release", paramLabel = "NAME", description = "release under test (llmload.release)")
    private @Nullable String release;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "KEY=VALUE",
            description = "any llmload.* key, or a placeholder's value; repeatable")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder of the runs, and below it gate/ with JUnit XML and gate.json (target/llm-load)")
    private @Nullable String output;

    @ArgGroup(exclusive = true)
    private @Nullable Instead instead;

    private static final class Instead {
        @Option(names = "--list", description = "only list the load tests")
        private boolean list;

        @Option(names = "--dry-run", description = "only say what would be offered to whom; nothing is sent")
        private boolean dryRun;

        @Option(names = "--health", description = "only ask each endpoint for one completion: the pre-flight")
        private boolean health;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "the version")
    private boolean version;

    private final PrintStream out;

    private GateCommand(PrintStream out) {
        this.out = out;
    }

    /** Parses and runs; the exit code. No mistake of the user's gives a stack trace. */
    static int run(PrintStream out, PrintStream err, String... args) {
        PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
        return new CommandLine(new GateCommand(out))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(errors)
                .setParameterExceptionHandler((e, given) -> {
                    // picocli 4.7 says "Value for option option '--set'".
                    errors.println(String.valueOf(e.getMessage()).replace("option option", "option"));
                    CommandLine.UnmatchedArgumentException.printSuggestions(e, errors);
                    errors.println("--help shows what there is");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    errors.println(e instanceof UsageException ? e.getMessage() : e.toString());
                    return e instanceof UsageException ? ExitCode.USAGE : ExitCode.COULD_NOT_TELL;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        Map<String, String> parameters = parameters();
        String runs = parameters.getOrDefault("llmload.output", "target/llm-load");
        return new GateRun(out, Path.of(runs).resolve("gate"))
                .execute(task(), new Selection(packages, names, tags), parameters);
    }

    private GateRun.Task task() {
        if (instead == null) {
            return GateRun.Task.RUN;
        }
        return instead.list ? GateRun.Task.LIST : instead.dryRun ? GateRun.Task.DRY_RUN : GateRun.Task.HEALTH;
    }

    private Map<String, String> parameters() {
        if (!keys.getOrDefault(NOT_MEASURED, "fail").equals("fail")) {
            throw new UsageException(NOT_MEASURED + " is always `fail` here, but was `" + keys.get(NOT_MEASURED)
                    + "`: what was not measured is no pass");
        }
        keys.forEach((key, value) -> {
            if (key.isBlank()) {
                throw new UsageException("--set takes KEY=VALUE, such as llmload.concurrency=10,50, but was \"" + key
                        + "=" + value + "\"");
            }
        });
        Map<String, String> parameters = new LinkedHashMap<>(keys);
        put(parameters, "--url", "llmload.url", url);
        put(parameters, "--model", "llmload.model", model);
        put(parameters, "--release", "llmload.release", release);
        put(parameters, "--output", "llmload.output", output);
        parameters.put(NOT_MEASURED, "fail");
        if (task() == GateRun.Task.LIST) {
            parameters.putIfAbsent("llmload.url", "simulator"); // whom they would talk to is not what is asked
        }
        return parameters;
    }

    private static void put(Map<String, String> parameters, String option, String key, @Nullable String value) {
        if (value != null) {
            String other = parameters.put(key, value);
            if (other != null && !other.equals(value)) {
                throw new UsageException(option + " and -D " + key + " say different things: " + value + ", " + other);
            }
        }
    }

    /** From the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GateCommand.class.getPackage().getImplementationVersion();
            return new String[] {"LLM Load " + Objects.requireNonNullElse(version, "development")};
        }
    }
}
