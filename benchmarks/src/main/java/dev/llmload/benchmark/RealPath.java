package dev.llmload.benchmark;

import dev.llmload.junit.Api;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.ruler.Ruler;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The product as a test method uses it: one session with its warm-up, then one level after the other. */
final class RealPath implements AutoCloseable {
    private final LoadSession session;
    private final int streams;
    private final PromptSupply prompts;

    /** A session of so many streams by this plan of the server; with 0 loops the product chooses. */
    RealPath(TimingServer server, String plan, int streams, int tokens, int loops, LoadListener listener) {
        this(server, plan, "builtin:chat", streams, tokens, loops, listener);
    }

    /** The same with these prompts, which repeat. */
    RealPath(
            TimingServer server,
            String plan,
            String source,
            int streams,
            int tokens,
            int loops,
            LoadListener listener) {
        this.streams = streams;
        this.prompts = new PromptSupply(Prompts.load(source, RealPath.class.getClassLoader()), Reuse.ALLOW, 1);
        this.session = LoadSession.open(
                new EndpointSettings(
                        ApiUrl.parse(server.url()),
                        "m",
                        Api.CHAT,
                        "",
                        Map.of("X-Plan", plan),
                        TokenCount.USAGE,
                        Timeouts.defaults()),
                new RequestSettings(tokens, 0, ""),
                loops,
                "benchmark",
                false,
                listener);
        prompts.prepare(session.preparing());
        prompts.readAhead();
    }

    /**
     * What comes before the first level of a test: the code's own warm-up against the stub within the product, the calibration,
     * then so many requests to the server.
     *
     * @return what the calibration says
     */
    String warmUp(int requests) {
        String ruler = session.calibrate().map(Ruler::words).orElse("not measured");
        session.warmUp(prompts, requests, streams);
        return ruler;
    }

    /** One level with a window of so many seconds. */
    LevelRecording level(int seconds) {
        LevelRecording level = session.run(
                new LevelPlan(
                        new ClosedLoop(streams),
                        new LevelLimits(
                                0, Optional.of(Duration.ofSeconds(seconds)), Duration.ofMinutes(10), Optional.empty())),
                prompts);
        long failed = records(level).stream()
                .filter(record -> record.outcome().isFailure())
                .count();
        if (!level.windowOpened() || failed > 0) {
            throw new IllegalStateException(failed + " requests failed, or the window never opened: no figures");
        }
        return level;
    }

    static List<RequestRecord> records(LevelRecording level) {
        return level.recorders().stream()
                .map(LoopRecorder::records)
                .flatMap(List::stream)
                .toList();
    }

    /** Token events that arrived while the window was open. */
    static long eventsInWindow(LevelRecording level) {
        return records(level).stream()
                .mapToLong(record -> record.tokens().eventsInWindow())
                .sum();
    }

    @Override
    public void close() {
        prompts.close();
        session.close();
    }
}
