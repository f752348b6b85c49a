package dev.llmload.benchmark;

import dev.llmload.metric.LevelRecording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a token costs the client: first decoding and recording alone, then everything, saturated over real sockets. */
public final class TokenCost {
    private static final int WARM_UP_SECONDS = 2;
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("streams", 100);
        DEFAULTS.put("tokens", 1000);
        DEFAULTS.put("seconds", 8);
        DEFAULTS.put("rounds", 3);
        DEFAULTS.put("loops", 1);
        DEFAULTS.put("pin", 0);
        DEFAULTS.put("quiet", 10);
    }

    private TokenCost() {}

    /** Prints both. */
    public static void main(String[] args) {
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(Machine.describe());
        System.out.println(options);
        System.out.printf("%ndecoding and recording alone, %d streams in turn, medians%n", HotPath.STREAMS);
        for (Answer answer : Answer.all()) {
            System.out.println(HotPath.measure(answer).text(answer.name()));
        }
        saturated(options);
    }

    private static void saturated(Options options) {
        int streams = options.get("streams");
        String plan = "ttft_us=0,itl_us=0,per_write=50,tokens=" + options.get("tokens");
        int last = Runtime.getRuntime().availableProcessors() - 1;
        boolean pin = options.get("pin") != 0;
        System.out.printf("%nsaturated over sockets, plan %s%n", plan);
        WindowCosts costs = new WindowCosts();
        int seconds = options.get("seconds");
        try (TimingServer server = TimingServer.start(pin ? last : -1, 0);
                RealPath client =
                        new RealPath(server, plan, streams, options.get("tokens"), options.get("loops"), costs)) {
            client.warmUp(20 * streams);
            client.level(seconds); // not counted: the compiler is still at work
            Rounds<double[]> rounds = new Rounds<>(server, options.get("rounds"), options.get("quiet"));
            rounds.run(
                    () -> new Rounds.Turn<>(ours(client.level(seconds), costs), 0),
                    () -> ofC(
                            Programs.client(server, pin ? 0 : -1, streams, WARM_UP_SECONDS, seconds, false, plan),
                            seconds),
                    TokenCost::print);
            conclude(rounds);
        }
    }

    private static void conclude(Rounds<double[]> rounds) {
        double[] java = median(rounds.counted().stream().map(Rounds.Pair::java).toList());
        double[] c = median(rounds.counted().stream().map(Rounds.Pair::c).toList());
        System.out.printf("%n%s%n", rounds.words());
        print("Java", java);
        print("C", c);
        System.out.printf(Locale.ROOT, "Java reaches %.1f %% of C's tokens a second and core%n", 100 * java[2] / c[2]);
    }

    // Tokens a second, share of a core, tokens a second and core, then what only the JVM tells.
    private static double[] ours(LevelRecording level, WindowCosts costs) {
        double rate = RealPath.eventsInWindow(level) / level.steady().seconds();
        double utilisation = level.health().steady().worstLoopUtilisation();
        return new double[] {
            rate, utilisation, rate / utilisation, costs.cores(), costs.bytesPerSecond() / rate, costs.collecting()
        };
    }

    private static Rounds.Turn<double[]> ofC(Map<String, Double> c, int seconds) {
        double rate = c.get("evps");
        double utilisation = c.get("util");
        return new Rounds.Turn<>(
                new double[] {rate, utilisation, rate / utilisation}, utilisation * (WARM_UP_SECONDS + seconds));
    }

    private static double[] median(List<double[]> rounds) {
        double[] median = new double[rounds.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            median[i] =
                    Values.median(rounds.stream().mapToDouble(r -> r[column]).toArray());
        }
        return median;
    }

    private static void print(String who, double[] figures) {
        System.out.printf(
                Locale.ROOT,
                "  %-4s %,11.0f tok/s with %.2f of a core: %,11.0f tok/s a core, %.3f us a token",
                who,
                figures[0],
                figures[1],
                figures[2],
                1e6 / figures[2]);
        if (figures.length > 3) {
            System.out.printf(
                    Locale.ROOT,
                    "; whole JVM %.2f cores, %.0f bytes a token, %.1f %% of the time collecting",
                    figures[3],
                    figures[4],
                    100 * figures[5]);
        }
        System.out.println();
    }
}
