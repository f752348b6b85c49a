package dev.llmload.benchmark;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Flags;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine whose truth is known, without any network: users in a closed loop whose requests take 8 to 12 ms to their first
 * token and about 6 ms more to their last. Immutable; one stream of requests is {@link Stream}.
 */
final class ModelledEngine {
    /** What a request takes at most to its first token if nothing is wrong, and the limit of its budgets. */
    static final double LIMIT_MILLIS = 18;

    private static final double EPISODE_MILLIS = 30;
    private static final double DECODE_MILLIS = 6;
    /** By how much starts differ, one standard deviation. */
    private static final double BETWEEN_STARTS = 0.02;
    /** Requests by which the share of an engine that stands still is known to 0.02 percentage points. */
    private static final long CALIBRATION = 3_000_000;

    private static final Map<String, Double> FREQUENCIES = new ConcurrentHashMap<>();

    /** What is wrong with it. */
    enum Kind {
        /** A share of the requests, each by itself, takes twice as long. */
        INDEPENDENT("independent requests"),
        /** The whole engine stands still for 30 ms now and then, which hits all that are in flight. */
        EPISODES("standing still for 30 ms now and then"),
        /** Independent requests, but each start is faster or slower than another by some per cent. */
        STARTS("starts that differ by 2 %");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Kind kind;
    private final boolean episodes;
    private final int users;
    private final double slowness;

    private ModelledEngine(Kind kind, int users, double slowness) {
        this.kind = kind;
        this.episodes = kind == Kind.EPISODES;
        this.users = users;
        this.slowness = slowness;
    }

    /** Of whose requests a share is beyond the limit; how often an engine stands still is tried until that is right. */
    static ModelledEngine of(Kind kind, int users, double share) {
        return kind == Kind.EPISODES
                ? new ModelledEngine(
                        kind, users, FREQUENCIES.computeIfAbsent(users + " " + share, any -> tried(users, share)))
                : new ModelledEngine(kind, users, share);
    }

    private static double tried(int users, double share) {
        double low = 0;
        double high = 0.02;
        for (int i = 0; i < 12; i++) {
            double middle = (low + high) / 2;
            if (measured(new ModelledEngine(Kind.EPISODES, users, middle)) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double measured(ModelledEngine engine) {
        Stream stream = engine.new Stream(new SplittableRandom(4242), 1);
        long beyond = 0;
        for (long i = 0; i < CALIBRATION; i++) {
            beyond += stream.nextTtft() >= LIMIT_MILLIS ? 1 : 0;
        }
        return (double) beyond / CALIBRATION;
    }

    /** Requests of one run, in the order in which they are sent. */
    final class Stream {
        private final SplittableRandom random;
        private final double factor;
        private final double[] free = new double[users];
        private final List<RequestRecord> records = new ArrayList<>();
        private final double ofStart;
        private final double ofDecoding;
        private double decode;
        private double sent;
        private double episode;

        /**
         * From the beginning.
         *
         * @param factor by which the time to the first token of all requests is told longer
         */
        Stream(SplittableRandom random, double factor) {
            this.random = random;
            this.factor = factor;
            this.ofStart = start();
            this.ofDecoding = start();
            for (int user = 0; user < users; user++) {
                free[user] = 16.0 * user / users;
            }
            this.episode = gap();
        }

        private double start() {
            return kind == Kind.STARTS ? Math.exp(BETWEEN_STARTS * random.nextGaussian()) : 1;
        }

        private double gap() {
            return episodes ? -Math.log1p(-random.nextDouble()) / Math.max(1e-9, slowness) : Double.MAX_VALUE;
        }

        private double nextTtft() {
            int user = 0;
            for (int other = 1; other < users; other++) {
                user = free[other] < free[user] ? other : user;
            }
            sent = free[user];
            double ttft = 8 + 4 * random.nextDouble();
            if (episodes) {
                while (episode + EPISODE_MILLIS <= sent) {
                    episode += EPISODE_MILLIS + gap();
                }
                ttft = stalled(sent, ttft) - sent;
            } else if (random.nextDouble() < slowness) {
                ttft = LIMIT_MILLIS + 30 * random.nextDouble();
            }
            decode = DECODE_MILLIS * (0.9 + 0.2 * random.nextDouble()) * ofDecoding;
            free[user] = sent + ttft + decode;
            return ttft * ofStart;
        }

        // Work stops while the engine stands still; only one episode is looked at, for they are rare.
        private double stalled(double from, double work) {
            double end = from + work;
            double begin = Math.max(from, episode);
            return episode < end ? end + episode + EPISODE_MILLIS - begin : end;
        }

        /** All requests so far, at least so many. */
        List<RequestRecord> upTo(int count) {
            while (records.size() < count) {
                double ttft = nextTtft();
                long at = nanos(sent);
                long first = at + nanos(ttft * factor);
                long last = first + nanos(decode);
                records.add(new RequestRecord(
                        records.size(),
                        Phase.WINDOW,
                        Outcome.OK,
                        new Times(at, at, first, first, first, last, last, 0),
                        new Tokens(10, 0, 6, 6, 1, true, 6, 6, 6),
                        200,
                        "stop",
                        "",
                        records.size(),
                        records.size(),
                        new Flags(true, false, false)));
            }
            return records.subList(0, count);
        }

        private static long nanos(double millis) {
            return Math.round(millis * 1e6);
        }
    }
}
