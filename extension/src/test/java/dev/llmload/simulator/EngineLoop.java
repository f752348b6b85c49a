package dev.llmload.simulator;

import dev.llmload.simulator.engine.BatchEngine;
import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * A closed loop of users around an engine in simulated time: who got an answer asks again at once. Nothing waits, so
 * that minutes of a machine take milliseconds here.
 */
final class EngineLoop {
    /** One answered request; instants in nanoseconds since the start. */
    record Answered(int user, long sentNanos, long firstNanos, long lastNanos, int tokens) {}

    private final BatchEngine engine;
    private final SimulatorSettings settings;
    private final SplittableRandom random;
    private final int promptTokens;
    private final IntUnaryOperator requestsOfUser;
    private final int[] sent;
    private final List<Answered> answered = new ArrayList<>();
    private final List<Long> tokenNanos = new ArrayList<>();
    private final GpuMeter gpu;
    private long now;

    private EngineLoop(SimulatorSettings settings, int users, int promptTokens, IntUnaryOperator requestsOfUser) {
        this.settings = settings;
        this.engine = new BatchEngine(settings.engine().orElseThrow());
        this.random = new SplittableRandom(settings.seed());
        this.promptTokens = promptTokens;
        this.requestsOfUser = requestsOfUser;
        this.sent = new int[users];
        this.gpu = new GpuMeter(settings.gpu(), () -> now);
    }

    /** Each user asks so many times, all beginning at once. */
    static EngineLoop run(SimulatorSettings settings, int users, int requestsEach, int promptTokens) {
        EngineLoop loop = new EngineLoop(settings, users, promptTokens, user -> requestsEach);
        for (int user = 0; user < users; user++) {
            loop.send(user);
        }
        loop.drain();
        return loop;
    }

    /** The users ask in waves: nobody asks again before all have their answers. */
    static EngineLoop waves(SimulatorSettings settings, int users, int waves, int promptTokens) {
        EngineLoop loop = new EngineLoop(settings, users, promptTokens, user -> 0);
        for (int wave = 0; wave < waves; wave++) {
            for (int user = 0; user < users; user++) {
                loop.send(user);
            }
            loop.drain();
        }
        return loop;
    }

    private void send(int user) {
        sent[user]++;
        int tokens = settings.lengths()
                .draw(settings.timing().minTokens(), settings.timing().maxTokens(), random);
        long sentNanos = now;
        long[] first = {-1};
        Sequence[] self = new Sequence[1];
        self[0] = new Sequence(promptTokens, new long[0], tokens, () -> {
            tokenNanos.add(now);
            if (first[0] < 0) {
                first[0] = now;
            }
            if (self[0].complete()) {
                answered.add(new Answered(user, sentNanos, first[0], now, tokens));
                if (sent[user] < requestsOfUser.applyAsInt(user)) {
                    send(user);
                }
            }
        });
        engine.submit(self[0]);
    }

    private void drain() {
        for (long step = engine.begin(); step >= 0; step = engine.begin()) {
            gpu.step(now, now + step, engine.arithmetic(step), engine.kvTokens());
            now += step;
            engine.end();
        }
    }

    /** Tokens per second from the first request to the last token. */
    double wholeRun() {
        return tokenNanos.size() / (now / 1e9);
    }

    /** Tokens per second from when every user has one answer until the last request is sent. */
    double steady() {
        long opens = answered.stream()
                .filter(a -> a.sentNanos() == 0)
                .mapToLong(Answered::lastNanos)
                .max()
                .orElseThrow();
        long closes = answered.stream().mapToLong(Answered::sentNanos).max().orElseThrow();
        long tokens = tokenNanos.stream().filter(t -> t > opens && t <= closes).count();
        return tokens / ((closes - opens) / 1e9);
    }

    /** Mean power from the first request to the last token. */
    double watts() {
        return gpu.read().joules() / (now / 1e9);
    }

    double meanTokens() {
        return answered.stream().mapToInt(Answered::tokens).average().orElseThrow();
    }

    double meanLatencySeconds() {
        return answered.stream()
                        .mapToLong(a -> a.lastNanos() - a.sentNanos())
                        .average()
                        .orElseThrow()
                / 1e9;
    }

    /** Nearest-rank median of the times to first token of what was sent after the start. */
    long medianTtftNanos() {
        long[] sorted = answered.stream()
                .filter(a -> a.sentNanos() > 0)
                .mapToLong(a -> a.firstNanos() - a.sentNanos())
                .sorted()
                .toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** Requests in flight on average, by Little's law. */
    double inFlight() {
        return answered.stream().mapToLong(a -> a.lastNanos() - a.sentNanos()).sum() / (double) now;
    }

    List<Answered> answered() {
        return answered;
    }

    BatchEngine engine() {
        return engine;
    }
}
