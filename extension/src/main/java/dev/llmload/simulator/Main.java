package dev.llmload.simulator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apiguardian.api.API;

/**
 * The simulator as a program of its own, so that anybody can curl it or point another tool at it.
 *
 * <pre>{@code
 * java -cp ... dev.llmload.simulator.Main --port 8000 --profile llama-3-8b-a40 --set maxBatch=128
 * }</pre>
 *
 * <p>Ends with 0 after {@code --help} or when it is interrupted, with 2 if the command line is wrong, with 1 if it
 * cannot listen.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    /**
     * Runs until the process is told to end (Ctrl-C).
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        int status = run(System.out, System.err, stop, args);
        if (status != OK) {
            System.exit(status);
        }
    }

    /** Runs until the latch opens; the process's exit status. */
    static int run(PrintStream out, PrintStream err, CountDownLatch stop, String... args) {
        Arguments arguments;
        SimulatorSettings settings;
        try {
            arguments = Arguments.parse(args);
            settings = SimulatorSettings.parse(arguments.spec());
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("--help shows what there is");
            return MISUSED;
        }
        if (arguments.help()) {
            out.print(help());
            return OK;
        }
        try (Simulator simulator = Simulator.start(settings, arguments.host(), arguments.port())) {
            out.print(greeting(simulator, settings));
            out.flush();
            stop.await();
            return OK;
        } catch (IllegalStateException e) {
            err.println("cannot listen on " + arguments.host() + ":" + arguments.port() + ": " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OK;
        }
    }

    private static String greeting(Simulator simulator, SimulatorSettings settings) {
        return """
                %s   (Ctrl-C stops it)
                profile  %s, model %s, seed %d
                answers  %d..%d tokens, %s
                pace     %s
                faults   %s

                curl -N %s/v1/chat/completions -H 'Content-Type: application/json' -d '{"model": "%s", \
                "stream": true, "messages": [{"role": "user", "content": "Hello"}]}'
                curl %s/metrics
                """.formatted(
                simulator.url(),
                settings.profile(),
                settings.model(),
                settings.seed(),
                settings.timing().minTokens(),
                settings.timing().maxTokens(),
                settings.lengths().toString().toLowerCase(Locale.ROOT),
                settings.engine().map(Object::toString).orElseGet(settings.timing()::toString),
                settings.faults().rates().isEmpty() ? "none" : settings.faults().rates(),
                simulator.url(),
                settings.model(),
                simulator.url());
    }

    private static String help() {
        StringBuilder text = new StringBuilder(Arguments.usage())
                .append("\nProfiles and what each changes; the parameters of \"default\" are all there are:\n");
        Map<String, String> defaults = Profiles.values(Profiles.DEFAULT);
        for (String profile : Profiles.names()) {
            Map<String, String> values = new TreeMap<>(Profiles.values(profile));
            if (!profile.equals(Profiles.DEFAULT)) {
                values.entrySet().removeIf(e -> e.getValue().equals(defaults.get(e.getKey())));
            }
            text.append("  ").append(profile).append('\n');
            values.forEach((key, value) ->
                    text.append("      ").append(key).append('=').append(value).append('\n'));
        }
        return text.toString();
    }
}
