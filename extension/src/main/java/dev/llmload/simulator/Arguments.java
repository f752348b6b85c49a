package dev.llmload.simulator;

import dev.llmload.config.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What stands on the command line of {@link Main}. Filled once, by one thread. */
@Command(
        name = "java -cp ... dev.llmload.simulator.Main",
        sortOptions = false,
        usageHelpWidth = 110,
        header = "A simulated LLM endpoint: the OpenAI API, made-up words, a real machine's pace, faults on demand.")
final class Arguments {
    @Option(names = "--port", paramLabel = "N", description = "port to listen on, 0 for any free one (8000)")
    private int port = 8000;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "address to listen on (127.0.0.1; 0.0.0.0 is every one: there is no TLS)")
    private String host = "127.0.0.1";

    @Option(names = "--profile", paramLabel = "NAME", description = "one of the profiles below (default)")
    private String profile = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a parameter of the profile, such as maxBatch=128; once for each")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this")
    private boolean help;

    private Arguments() {}

    /** Reads the arguments; a mistake is an IllegalArgumentException that says what, and what would be right. */
    static Arguments parse(String... args) {
        Arguments arguments = new Arguments();
        try {
            new CommandLine(arguments).parseArgs(args);
        } catch (UnmatchedArgumentException e) {
            String first = e.getUnmatched().get(0);
            List<String> options =
                    List.copyOf(e.getCommandLine().getCommandSpec().optionsMap().keySet());
            throw new IllegalArgumentException(
                    "unknown option \"" + first + "\"; did you mean \"" + Nearest.to(first, options) + "\"?", e);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (arguments.port < 0 || arguments.port > 65535) {
            throw new IllegalArgumentException(
                    "--port must be from 0 (any free one) to 65535, but was " + arguments.port);
        }
        arguments.pairs.forEach(Arguments::check);
        return arguments;
    }

    private static void check(String pair) {
        if (pair.indexOf('=') < 1 || pair.contains("&")) {
            throw new IllegalArgumentException("--set takes one key=value, for example --set maxBatch=128, but was \""
                    + pair.replaceAll("apiKey=.*", "apiKey=***") + "\"; give --set once for each");
        }
    }

    /** Whether only the help is wanted. */
    boolean help() {
        return help;
    }

    /** Address to listen on. */
    String host() {
        return host;
    }

    /** Port to listen on, 0 for any free one. */
    int port() {
        return port;
    }

    /** The simulator, as {@link SimulatorSettings#parse} reads it. */
    String spec() {
        return "simulator:" + profile + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    /** Usage and options, for a person. */
    static String usage() {
        return new CommandLine(new Arguments()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}
