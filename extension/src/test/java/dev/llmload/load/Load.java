package dev.llmload.load;

import dev.llmload.junit.Api;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.load.plan.OpenLoop;
import dev.llmload.load.plan.ThinkTime;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelRecording;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A load as tests write it: against a URL, with users, requests and limits; then its records. */
public final class Load {
    private static final Duration LONG = Duration.ofMinutes(1);

    private String url;
    private int users = 1;
    private int requests = 1;
    private int loops = 1;
    private double perSecond;
    private ArrivalProcess arrivals = ArrivalProcess.CONSTANT;
    private int maxInFlight;
    private ThinkTime think = ThinkTime.NONE;
    private Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG);
    private Optional<Duration> duration = Optional.empty();
    private Optional<Duration> deadline = Optional.empty();
    private Duration maxDuration = LONG;
    private Consumer<RequestRecord> onEnd = record -> {};
    private Sampling sampling = Sampling.AS_PLANNED;

    /** What came of it. */
    record Outcomes(LevelRecording level, List<RequestRecord> all) {
        List<RequestRecord> window() {
            return all.stream().filter(r -> r.phase() == Phase.WINDOW).toList();
        }

        /** Those of the drain: load, but in no number. */
        List<RequestRecord> drain() {
            return all.stream().filter(r -> r.phase() == Phase.DRAIN).toList();
        }

        /** All but those of the drain. */
        List<RequestRecord> counted() {
            return all.stream().filter(r -> r.phase() != Phase.DRAIN).toList();
        }

        /** The first request of the window. */
        RequestRecord measured() {
            return window().get(0);
        }

        long count(Outcome outcome) {
            return all.stream().filter(r -> r.outcome() == outcome).count();
        }
    }

    private Load(String url) {
        this.url = url;
    }

    public static Load against(String url) {
        return new Load(url);
    }

    Load to(String other) {
        url = other;
        return this;
    }

    Load users(int count) {
        users = count;
        return this;
    }

    /** An open loop instead of users. */
    Load perSecond(double rate, Arrivals how) {
        perSecond = rate;
        arrivals = new ArrivalProcess(how, 1);
        return this;
    }

    Load thinking(ThinkTime time) {
        think = time;
        return this;
    }

    Load maxInFlight(int most) {
        maxInFlight = most;
        return this;
    }

    public Load requests(int count) {
        requests = count;
        return this;
    }

    Load loops(int count) {
        loops = count;
        return this;
    }

    Load duration(Duration value) {
        duration = Optional.of(value);
        return this;
    }

    Load deadline(Duration value) {
        deadline = Optional.of(value);
        return this;
    }

    Load maxDuration(Duration value) {
        maxDuration = value;
        return this;
    }

    Load connectTimeout(Duration value) {
        timeouts = new Timeouts(value, timeouts.firstToken(), timeouts.stall(), timeouts.total());
        return this;
    }

    Load firstTokenTimeout(Duration value) {
        timeouts = new Timeouts(timeouts.connect(), value, timeouts.stall(), timeouts.total());
        return this;
    }

    Load stallTimeout(Duration value) {
        timeouts = new Timeouts(timeouts.connect(), timeouts.firstToken(), value, timeouts.total());
        return this;
    }

    Load totalTimeout(Duration value) {
        timeouts = new Timeouts(timeouts.connect(), timeouts.firstToken(), timeouts.stall(), value);
        return this;
    }

    /** Asked whether there are requests enough. */
    Load sampling(Sampling value) {
        sampling = value;
        return this;
    }

    /** Called on the event loop for each request that ended. */
    Load onEnd(Consumer<RequestRecord> listener) {
        onEnd = listener;
        return this;
    }

    Outcomes run() {
        return run(session -> {});
    }

    /** Runs another plan. */
    Outcomes run(LevelPlan plan) {
        return run(plan, session -> {});
    }

    /** Runs, after handing the session to somebody who may want to stop it. */
    Outcomes run(Consumer<LoadSession> meanwhile) {
        return run(plan(), meanwhile);
    }

    private Outcomes run(LevelPlan plan, Consumer<LoadSession> meanwhile) {
        Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
        LoadListener listener = new LoadListener() {
            @Override
            public void requestEnded(String level, RequestRecord record) {
                records.add(record);
                onEnd.accept(record);
            }
        };
        try (LoadSession session = session(listener)) {
            meanwhile.accept(session);
            LevelRecording level = session.run(plan, prompts(), List.of(), sampling);
            return new Outcomes(level, List.copyOf(records));
        }
    }

    LoadSession session(LoadListener listener) {
        return LoadSession.open(
                endpoint(url, "m", Api.AUTO, "", timeouts), request(), loops, "LoadTests#load", false, listener);
    }

    public LevelPlan plan() {
        OfferedLoad load =
                perSecond > 0 ? new OpenLoop(perSecond, arrivals, 42, maxInFlight) : new ClosedLoop(users, think);
        return new LevelPlan(
                load, new LevelLimits(duration.isPresent() ? 0 : requests, duration, maxDuration, deadline));
    }

    public static EndpointSettings endpoint(String url, String model, Api api, String key, Timeouts timeouts) {
        return new EndpointSettings(ApiUrl.parse(url), model, api, key, Map.of(), TokenCount.USAGE, timeouts);
    }

    public static RequestSettings request() {
        return new RequestSettings(16, 0.7, "");
    }

    public static PromptSupply prompts() {
        Prompts builtin = Prompts.load("builtin:chat", Load.class.getClassLoader());
        return new PromptSupply(builtin, Reuse.UNIQUE_PREFIX, 42);
    }
}
