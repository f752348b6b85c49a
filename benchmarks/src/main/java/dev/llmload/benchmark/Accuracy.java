package dev.llmload.benchmark;

import dev.llmload.load.LoadListener;
import dev.llmload.load.wire.StampLog;
import dev.llmload.load.wire.WireTap;
import dev.llmload.metric.LevelRecording;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How wrong our timestamps are, under a steady load by a server that knows the truth. */
public final class Accuracy {
    private static final int WARM_UP_SECONDS = 5;
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();
    private static final List<String> MEASURES = List.of("send", "first token", "every token", "ttft error");
    private static final Map<String, String> OF_C =
            Map.of("send", "send", "first token", "first", "every token", "all", "ttft error", "ttftact");

    static {
        DEFAULTS.put("streams", 100);
        DEFAULTS.put("rate", 5000);
        DEFAULTS.put("tokens", 100);
        DEFAULTS.put("seconds", 20);
        DEFAULTS.put("rounds", 3);
        DEFAULTS.put("loops", 0);
        DEFAULTS.put("pin", 0);
        DEFAULTS.put("server", 0);
        DEFAULTS.put("quiet", 10);
    }

    private Accuracy() {}

    /** Starts the server, then takes turns: our client, the C client. */
    public static void main(String[] args) {
        WireTap.install();
        Options options = Options.parse(args, DEFAULTS);
        int streams = options.get("streams");
        int interval = (int) (1_000_000L * streams / options.get("rate"));
        String plan = "ttft_us=50000,jit_us=" + interval + ",itl_us=" + interval + ",tokens=" + options.get("tokens");
        int last = Runtime.getRuntime().availableProcessors() - 1;
        boolean pin = options.get("pin") != 0;
        System.out.println(Machine.describe());
        System.out.println(options + ", plan " + plan);
        int seconds = options.get("seconds");
        try (TimingServer server = TimingServer.start(pin ? last : -1, options.get("server"));
                RealPath client = new RealPath(
                        server, plan, streams, options.get("tokens"), options.get("loops"), new LoadListener() {})) {
            System.out.println("ruler: " + client.warmUp(warmUpRequests(streams, options.get("tokens"), interval)));
            Rounds<Figures> rounds = new Rounds<>(server, options.get("rounds"), options.get("quiet"));
            rounds.run(
                    () -> new Rounds.Turn<>(ours(client, seconds), 0),
                    () -> ofC(
                            Programs.client(server, pin ? 0 : -1, streams, WARM_UP_SECONDS, seconds, true, plan),
                            seconds),
                    Accuracy::print);
            conclude(rounds);
        }
    }

    private static void conclude(Rounds<Figures> rounds) {
        Figures java =
                Figures.median(rounds.counted().stream().map(Rounds.Pair::java).toList());
        Figures c = Figures.median(rounds.counted().stream().map(Rounds.Pair::c).toList());
        System.out.printf("%n%s%n", rounds.words());
        print("Java", java);
        print("C", c);
        System.out.println("ratio Java / C");
        for (String measure : MEASURES) {
            System.out.println(Figures.ratio(measure, java, c));
        }
    }

    // At least so long, whatever the shape of the answers; the code's own warm-up and each ramp-in come on top.
    private static int warmUpRequests(int streams, int tokens, int intervalMicros) {
        double seconds = 0.05 + tokens * intervalMicros / 1e6;
        return streams * (int) Math.ceil(WARM_UP_SECONDS / seconds);
    }

    /** One level of our client against what the server wrote: the lags, and the TTFT itself. */
    static Figures ours(RealPath client, int seconds) {
        WireTap.reset();
        long collecting = Machine.collectionMillis();
        LevelRecording level = client.level(seconds);
        Figures figures = new Figures();
        Map<Long, long[]> firsts = new HashMap<>();
        Values every = new Values();
        Bounds tokens = new Bounds();
        for (StampLog log : WireTap.logs()) {
            log.forEach((arrival, written, requestRead, bound) -> {
                if (level.steady().contains(arrival)) {
                    every.add(arrival - written);
                    tokens.add(arrival - written, bound);
                }
                if (requestRead != 0) {
                    firsts.put(arrival, new long[] {written, requestRead});
                }
            });
        }
        Values send = new Values();
        Values first = new Values();
        Values error = new Values();
        Values ttft = new Values();
        Bounds firstTokens = new Bounds();
        Bounds whole = new Bounds();
        for (RequestRecord record : RealPath.records(level)) {
            if (record.phase() == Phase.WINDOW && record.succeeded()) {
                long sent = record.times().sent();
                long token = record.times().firstToken();
                long[] truth = firsts.get(token);
                if (truth == null) {
                    throw new IllegalStateException(
                            "no buffer was seen at the recorded instant " + token + " of request " + record.n());
                }
                send.add(truth[1] - sent);
                first.add(token - truth[0]);
                firstTokens.add(token - truth[0], record.times().late().firstToken());
                whole.add(
                        token - sent - (truth[0] - truth[1]),
                        record.times().late().ttft());
                error.add(token - sent - (truth[0] - truth[1]));
                ttft.add(token - sent);
            }
        }
        figures.put("send", send);
        figures.put("first token", first);
        figures.put("every token", every);
        figures.put("ttft error", error);
        figures.put("ttft", ttft);
        figures.note("bounds: " + tokens.text("every token") + "; " + firstTokens.text("first token") + "; "
                + whole.text("ttft error"));
        level.health()
                .sentinel()
                .ifPresent(sentinel -> figures.note(String.format(
                        Locale.ROOT,
                        "sentinel: p50 %.1f us, p99 %.1f us of %d tokens; against every token %.2f and %.2f times",
                        sentinel.p50() / 1e3,
                        sentinel.p99() / 1e3,
                        sentinel.count(),
                        sentinel.p50() / 1e3 / every.micros(50),
                        sentinel.p99() / 1e3 / every.micros(99))));
        figures.load(
                RealPath.eventsInWindow(level) / level.steady().seconds(),
                level.health().steady().worstLoopUtilisation(),
                String.format(
                        Locale.ROOT,
                        "%d loop(s), loop delay p99 %.2f ms, stood still %.2f %%, collectors %d ms",
                        level.recorders().size(),
                        level.health().steady().loopDelayP99Nanos() / 1e6,
                        100 * level.health().steady().stoppedShare(),
                        Machine.collectionMillis() - collecting));
        return figures;
    }

    private static Rounds.Turn<Figures> ofC(Map<String, Double> c, int seconds) {
        Figures figures = new Figures();
        for (String measure : MEASURES) {
            String name = OF_C.get(measure);
            figures.put(measure, new double[] {
                c.get(name + "_n"),
                c.get(name + "_p50"),
                c.get(name + "_p90"),
                c.get(name + "_p99"),
                c.get(name + "_max")
            });
        }
        figures.load(c.get("evps"), c.get("util"), "");
        return new Rounds.Turn<>(figures, c.get("util") * (WARM_UP_SECONDS + seconds));
    }

    private static void print(String who, Figures figures) {
        System.out.println(figures.text(who, MEASURES));
    }
}
