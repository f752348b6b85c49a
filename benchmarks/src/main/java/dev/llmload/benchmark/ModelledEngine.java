package dev.llmload.benchmark;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Flags;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An engine whose truth is known, without any network: users in a closed loop whose requests take 8 to 12 ms to their first
 * token and 6 ms more to their last. Either a share of the requests, each by itself, takes twice as long, or the whole
 * engine stands still for 30 ms now and then, which hits all that are in flight. Immutable; one stream of requests is
 * {@link Stream}.
 */
final class ModelledEngine {
    /** What a request takes at most to its first token if nothing is wrong, and the limit of its budgets. */
    static final double LIMIT_MILLIS = 18;

    private static final double EPISODE_MILLIS = 30;
    private static final double DECODE_MILLIS = 6;
    private static final long CALIBRATION = 200_000;

    private final boolean episodes;
    private final int users;
    private final double slowness;
    private final double share;

    private ModelledEngine(boolean episodes, int users, double slowness, double share) {
        this.episodes = episodes;
        this.users = users;
        this.slowness = slowness;
        this.share = share;
    }

    /** Requests that know nothing of each other, of which a share is beyond the limit. */
    static ModelledEngine independent(int users, double share) {
        return new ModelledEngine(false, users, share, share);
    }

    /** Requests that are slow together; how often the engine stands still is tried until the share is right. */
    static ModelledEngine withEpisodes(int users, double share) {
        double low = 0;
        double high = 0.05;
        for (int i = 0; i < 14; i++) {
            double middle = (low + high) / 2;
            if (measured(new ModelledEngine(true, users, middle, share)) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new ModelledEngine(true, users, (low + high) / 2, share);
    }

    private static double measured(ModelledEngine engine) {
        Stream stream = engine.new Stream(new SplittableRandom(4242), 1);
        long beyond = 0;
        for (long i = 0; i < CALIBRATION; i++) {
            beyond += stream.nextTtft() >= LIMIT_MILLIS ? 1 : 0;
        }
        return (double) beyond / CALIBRATION;
    }

    /** The true share of requests beyond the limit. */
    double share() {
        return share;
    }

    /** Requests of one run, in the order in which they are sent. */
    final class Stream {
        private final SplittableRandom random;
        private final double factor;
        private final double[] free = new double[users];
        private final List<RequestRecord> records = new ArrayList<>();
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
            for (int user = 0; user < users; user++) {
                free[user] = 16.0 * user / users;
            }
            this.episode = gap();
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
            free[user] = sent + ttft + DECODE_MILLIS;
            return ttft;
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
                long last = first + nanos(DECODE_MILLIS);
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
