package dev.llmload.benchmark;

import dev.llmload.metric.LevelMeasurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a token costs the client: first decoding and recording alone, then everything, saturated over real sockets. */
public final class TokenCost {
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("streams", 100);
        DEFAULTS.put("tokens", 1000);
        DEFAULTS.put("seconds", 8);
        DEFAULTS.put("rounds", 3);
        DEFAULTS.put("loops", 1);
        DEFAULTS.put("pin", 0);
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
        List<double[]> ours = new ArrayList<>();
        List<double[]> limit = new ArrayList<>();
        WindowCosts costs = new WindowCosts();
        try (TimingServer server = TimingServer.start(pin ? last : -1);
                RealPath client =
                        new RealPath(server, plan, streams, options.get("tokens"), options.get("loops"), costs)) {
            client.warmUp(20 * streams);
            for (int round = 1; round <= options.get("rounds"); round++) {
                Machine.Ticks before = Machine.Ticks.now();
                double cpu = server.cpuSeconds() + Machine.cpuSeconds();
                double[] mine = ours(client.level(options.get("seconds")), costs);
                double used = server.cpuSeconds() + Machine.cpuSeconds() - cpu;
                String noise = Machine.Ticks.now().noiseSince(before, used);
                double[] c = ofC(Programs.client(
                        server, pin ? 0 : -1, streams, 2, options.get("seconds"), false, plan));
                ours.add(mine);
                limit.add(c);
                System.out.printf(Locale.ROOT, "round %d (%s)%n", round, noise);
                print("Java", mine);
                print("C", c);
            }
        }
        double[] java = median(ours);
        double[] c = median(limit);
        System.out.println("medians of the rounds");
        print("Java", java);
        print("C", c);
        System.out.printf(Locale.ROOT, "Java reaches %.1f %% of C's tokens a second and core%n", 100 * java[2] / c[2]);
    }

    // Tokens a second, share of a core, tokens a second and core, then what only the JVM tells.
    private static double[] ours(LevelMeasurement level, WindowCosts costs) {
        double rate = RealPath.eventsInWindow(level) / level.steady().seconds();
        double utilisation = level.health().worstLoopUtilisation();
        return new double[] {
            rate, utilisation, rate / utilisation, costs.cores(), costs.bytesPerSecond() / rate, costs.collecting()
        };
    }

    private static double[] ofC(Map<String, Double> c) {
        double rate = c.get("evps");
        double utilisation = c.get("util");
        return new double[] {rate, utilisation, rate / utilisation};
    }

    private static double[] median(List<double[]> rounds) {
        double[] median = new double[rounds.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            median[i] = Values.median(rounds.stream().mapToDouble(r -> r[column]).toArray());
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
