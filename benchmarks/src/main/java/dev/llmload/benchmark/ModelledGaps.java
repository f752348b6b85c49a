package dev.llmload.benchmark;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Judge;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import dev.llmload.result.time.ValuesInTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Answers of 50 gaps of 2 ms between tokens, a share of which is longer than the limit: those of whole answers, or all that
 * fall into an episode of 20 ms of the engine. Immutable.
 *
 * @param kind which of both
 * @param users answers at a time
 * @param slow of answers: the share of them; of episodes: the milliseconds between two
 */
record ModelledGaps(Kind kind, int users, double slow) {
    /** In milliseconds. */
    static final double LIMIT = 2.5;

    private static final int GAPS = 50;
    private static final double USUAL = 2;
    private static final double SLOW = 3;
    private static final double EPISODE = 20;
    private static final int CALIBRATION = 150;
    private static final Subject NOBODY = new Subject("", "", "", false);

    /** What is slow. */
    enum Kind {
        /** Each answer by itself: all its gaps, or none. */
        ANSWERS("slow answers"),
        /** The engine, for 20 ms now and then: the gaps of all answers. */
        EPISODES("slow for 20 ms now and then");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Of whose gaps a share is beyond the limit; how far apart episodes are is tried until that is right. */
    static ModelledGaps of(Kind kind, int users, double share) {
        if (kind == Kind.ANSWERS) {
            return new ModelledGaps(kind, users, share);
        }
        double low = 50;
        double high = 2000;
        for (int i = 0; i < 14; i++) {
            double middle = (low + high) / 2;
            if (new ModelledGaps(kind, users, middle).measured() > share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new ModelledGaps(kind, users, (low + high) / 2);
    }

    private double measured() {
        SplittableRandom random = new SplittableRandom(4242);
        long beyond = 0;
        for (int i = 0; i < CALIBRATION; i++) {
            beyond += level(400, random).distribution(Metric.ITL).countAbove(1e6 * LIMIT);
        }
        return (double) beyond / (CALIBRATION * 400L * GAPS);
    }

    /** A level of so many answers, judged with a confidence. */
    ModelledGates.Gate gate(String budget, double confidence, int answers) {
        List<BudgetRule> budgets = List.of(BudgetParser.parse(budget, "benchmark", List.of(), confidence));
        return random -> new ModelledGates.Judged(
                Judge.judge(level(answers, random), budgets).verdict(), answers);
    }

    private LoadResult level(int answers, SplittableRandom random) {
        Histogram gaps = new Histogram(3);
        ValuesInTime inTime = new ValuesInTime();
        Episodes episodes = new Episodes(random.split(), kind == Kind.EPISODES ? slow : Double.POSITIVE_INFINITY);
        double length = 0;
        for (int user = 0; user < users; user++) {
            double now = USUAL * random.nextDouble();
            for (int answer = user; answer < answers; answer += users) {
                boolean all = kind == Kind.ANSWERS && random.nextDouble() < slow;
                for (int i = 0; i < GAPS; i++) {
                    double factor = 0.9 + 0.2 * random.nextDouble();
                    double gap = factor * (all || episodes.isSlow(now) ? SLOW : USUAL);
                    now += gap;
                    long nanos = Math.round(gap * 1e6);
                    gaps.recordValue(nanos);
                    inTime.add(Math.round(now * 1e6), nanos);
                }
            }
            length += now;
        }
        return Measurement.of(NOBODY, Level.users(users))
                .requests(new RequestCounts(answers, answers, 0, 0, Map.<Outcome, Long>of(), Map.of(), Map.of()))
                .distribution(Metric.ITL, Values.ofHistogram(gaps, 1, 0, inTime.slices(1, 1e6 * length / answers)))
                .build();
    }

    /** When the engine is slow: the same for all users. */
    private static final class Episodes {
        private final SplittableRandom random;
        private final double pause;
        private double[] begins = new double[0];

        Episodes(SplittableRandom random, double pause) {
            this.random = random;
            this.pause = pause;
        }

        boolean isSlow(double now) {
            if (Double.isInfinite(pause)) {
                return false;
            }
            while (begins.length == 0 || begins[begins.length - 1] <= now) {
                double from = begins.length == 0 ? 0 : begins[begins.length - 1] + EPISODE;
                begins = Arrays.copyOf(begins, begins.length + 1);
                begins[begins.length - 1] = from - pause * Math.log1p(-random.nextDouble());
            }
            int at = Arrays.binarySearch(begins, now);
            int before = at >= 0 ? at : -at - 2;
            return before >= 0 && now < begins[before] + EPISODE;
        }
    }
}
