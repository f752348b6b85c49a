package dev.llmload.simulator;

import dev.llmload.config.Nearest;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands on the command line of {@link Main}.
 *
 * @param help whether only the help is wanted
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param spec the simulator, as {@link SimulatorSettings#parse} reads it
 */
record Arguments(boolean help, String host, int port, String spec) {
    private static final List<String> OPTIONS = List.of("--port", "--host", "--profile", "--set", "--help");

    /** Reads the arguments; a mistake is an IllegalArgumentException that says what, and what would be right. */
    static Arguments parse(String... args) {
        String host = "127.0.0.1";
        int port = 8000;
        String profile = "";
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
            String option = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (option.equals("--help") || option.equals("-h")) {
                return new Arguments(true, host, port, "simulator");
            }
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("unknown option \"" + option + "\"; did you mean \""
                        + Nearest.to(option, OPTIONS) + "\"? Options: " + String.join(", ", OPTIONS));
            }
            if (equals < 0 && ++i == args.length) {
                throw new IllegalArgumentException(option + " needs a value, for example " + example(option));
            }
            String value = equals < 0 ? args[i] : args[i].substring(equals + 1);
            switch (option) {
                case "--port" -> port = port(value);
                case "--host" -> host = value;
                case "--profile" -> profile = value;
                default -> pairs.add(pair(value));
            }
        }
        return new Arguments(
                false, host, port, "simulator:" + profile + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs)));
    }

    private static String example(String option) {
        return switch (option) {
            case "--port" -> "--port 8000";
            case "--host" -> "--host 127.0.0.1";
            case "--profile" -> "--profile small";
            default -> "--set maxBatch=128";
        };
    }

    private static int port(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(
                    "--port must be from 0 (any free one) to 65535, but was \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static String pair(String value) {
        if (value.indexOf('=') < 1 || value.contains("&")) {
            throw new IllegalArgumentException("--set takes one key=value, for example --set maxBatch=128, but was \""
                    + value.replaceAll("apiKey=.*", "apiKey=***") + "\"; give --set once for each");
        }
        return value;
    }
}
