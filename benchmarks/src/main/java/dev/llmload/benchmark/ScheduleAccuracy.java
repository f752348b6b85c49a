package dev.llmload.benchmark;

import dev.llmload.junit.Api;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.OpenLoop;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.LoadResult;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * How well an open loop keeps its schedule: whether the gaps between the requests that were really sent are those of the
 * declared arrivals, and how long after its instant a request leaves.
 */
public final class ScheduleAccuracy {
    private static final KolmogorovSmirnovTest TEST = new KolmogorovSmirnovTest();
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("poisson", 200);
        DEFAULTS.put("constant", 500);
        DEFAULTS.put("seconds", 20);
        DEFAULTS.put("rounds", 3);
        DEFAULTS.put("loops", 0);
    }

    private ScheduleAccuracy() {}

    /**
     * Offers both kinds of arrivals in turns.
     *
     * @param args the options, see benchmarks/README.md
     */
    public static void main(String[] args) {
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(Machine.describe());
        System.out.println(options);
        try (TimingServer server = TimingServer.start(-1, 0);
                LoadSession session = session(server, options.get("loops"))) {
            PromptSupply prompts = new PromptSupply(
                    Prompts.load("builtin:chat", ScheduleAccuracy.class.getClassLoader()), Reuse.ALLOW, 1);
            session.warmUp(prompts, 2000, 20);
            for (int round = 0; round < options.get("rounds"); round++) {
                run(session, prompts, Arrivals.POISSON, options.get("poisson"), options.get("seconds"), round);
                run(session, prompts, Arrivals.CONSTANT, options.get("constant"), options.get("seconds"), round);
            }
        }
    }

    private static LoadSession session(TimingServer server, int loops) {
        return LoadSession.open(
                new EndpointSettings(
                        ApiUrl.parse(server.url()),
                        "m",
                        Api.CHAT,
                        "",
                        Map.of("X-Plan", "ttft_us=20000,jit_us=5000,itl_us=5000,tokens=10"),
                        TokenCount.USAGE,
                        Timeouts.defaults()),
                new RequestSettings(10, 0, ""),
                loops,
                "benchmark",
                false,
                new LoadListener() {});
    }

    private static void run(
            LoadSession session, PromptSupply prompts, Arrivals arrivals, int rate, int seconds, long seed) {
        LevelRecording level = session.run(
                new LevelPlan(
                        new OpenLoop(rate, new ArrivalProcess(arrivals, 1), seed, 0),
                        new LevelLimits(
                                0, Optional.of(Duration.ofSeconds(seconds)), Duration.ofMinutes(5), Optional.empty())),
                prompts);
        LoadResult result = LevelAssembler.assemble(level);
        List<RequestRecord> window = RealPath.records(level).stream()
                .filter(record -> record.phase() == Phase.WINDOW)
                .toList();
        double[] gaps = gaps(window.stream().mapToLong(record -> record.times().sent()));
        double[] due = gaps(window.stream().mapToLong(record -> record.times().scheduled()));
        String distribution = arrivals == Arrivals.POISSON
                ? String.format(
                        Locale.ROOT,
                        "Kolmogorov-Smirnov p = %.3f as due, %.3f as sent (D %.4f)",
                        TEST.kolmogorovSmirnovTest(exponential(rate), due),
                        TEST.kolmogorovSmirnovTest(exponential(rate), gaps),
                        TEST.kolmogorovSmirnovStatistic(exponential(rate), gaps))
                : String.format(Locale.ROOT, "standard deviation of the gaps %.3f ms", deviation(gaps) * 1e3);
        System.out.printf(
                Locale.ROOT,
                "%-8s %4d req/s for %d s: %s; dispatch delay p50 %.3f ms, p99 %.3f ms, max %.3f ms; achieved %.2f %% of the"
                        + " target, %.2f %% of what was due; %s%n",
                arrivals,
                rate,
                seconds,
                distribution,
                result.dispatchDelay().p50().toNanos() / 1e6,
                result.dispatchDelay().p99().toNanos() / 1e6,
                result.dispatchDelay().max().toNanos() / 1e6,
                result.achievedRate().value() * 100,
                result.achievedRate().value() * 100 * rate * result.window().seconds() / window.size(),
                result.requests().succeeded() + " of " + result.requests().attempted() + " answered");
    }

    private static ExponentialDistribution exponential(int rate) {
        return new ExponentialDistribution(null, 1.0 / rate);
    }

    private static double[] gaps(LongStream instants) {
        long[] at = instants.sorted().toArray();
        double[] gaps = new double[at.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (at[i + 1] - at[i]) / 1e9;
        }
        return gaps;
    }

    private static double deviation(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }
}
