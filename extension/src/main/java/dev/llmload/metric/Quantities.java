package dev.llmload.metric;

import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.Window;
import java.util.EnumMap;
import java.util.Map;

/** The metrics of a level that are one number each. What no source was there for is absent, with the reason. */
final class Quantities {
    private Quantities() {}

    static Map<Metric, Quantity> of(Sample sample, WindowSums sums) {
        Map<Metric, Quantity> made = new EnumMap<>(Metric.class);
        Window window = sample.window();
        double tokens = sums.outputTokens();
        made.put(Metric.SUCCESS_RATE, successRate(sample.counts()));
        made.put(Metric.REQUEST_RATE, rate(Metric.REQUEST_RATE, sums.completions(), window, requestReason(sample)));
        made.put(Metric.THROUGHPUT, rate(Metric.THROUGHPUT, tokens, window, tokenReason(sample)));
        made.put(
                Metric.TOTAL_THROUGHPUT,
                rate(Metric.TOTAL_THROUGHPUT, tokens + sums.promptTokens(), window, promptReason(sample)));
        for (Metric metric : Metric.values()) {
            if (metric.isOfSweep()) {
                made.put(metric, Quantity.absent(metric, "it compares levels, so no single level has it"));
            } else if (metric.needsSource()) {
                made.put(metric, Quantity.absent(metric, metric.source().missing()));
            }
        }
        made.put(Metric.CACHED_SHARE, cachedShare(sample));
        return made;
    }

    private static Quantity cachedShare(Sample sample) {
        TokenCounts tokens = sample.tokens();
        String reason = promptReason(sample);
        if (reason.isEmpty() && tokens.prompt() > 0 && tokens.cachedKnown()) {
            return Quantity.of(Metric.CACHED_SHARE, (double) tokens.cached() / tokens.prompt());
        }
        return Quantity.absent(
                Metric.CACHED_SHARE,
                !reason.isEmpty()
                        ? reason
                        : sample.counts().succeeded() == 0
                                ? "no request succeeded"
                                : Metric.CACHED_SHARE.source().missing());
    }

    /**
     * Those of the good answers.
     *
     * @param notAStream why time between tokens means nothing here; empty if it does
     */
    static Map<Metric, Quantity> good(Sample sample, Merged merged, String notAStream) {
        Map<Metric, Quantity> made = new EnumMap<>(Metric.class);
        String reason = goodReason(sample, merged.objectives(), notAStream);
        GoodAnswers good = GoodAnswers.of(sample, merged);
        long decided = sample.counts().attempted() - sample.counts().cut();
        made.put(
                Metric.GOOD_FRACTION,
                !reason.isEmpty()
                        ? Quantity.absent(Metric.GOOD_FRACTION, reason)
                        : decided > 0
                                ? Quantity.of(Metric.GOOD_FRACTION, (double) good.count() / decided)
                                : Quantity.absent(Metric.GOOD_FRACTION, "every request was cut off"));
        made.put(Metric.GOODPUT, rate(Metric.GOODPUT, good.completions(), sample.window(), reason));
        made.put(
                Metric.TOKEN_GOODPUT,
                rate(Metric.TOKEN_GOODPUT, good.tokens(), sample.window(), reason(reason, tokenReason(sample))));
        return made;
    }

    private static String goodReason(Sample sample, Objectives objectives, String notAStream) {
        if (!objectives.declared()) {
            return Metric.Source.OBJECTIVE.missing();
        }
        return reason(
                objectives.needPace() ? notAStream : "",
                objectives.needTokens() ? tokenReason(sample) : requestReason(sample));
    }

    private static String reason(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    // A request that was cut off is in no rate: it neither succeeded nor failed.
    private static Quantity successRate(RequestCounts counts) {
        long decided = counts.attempted() - counts.cut();
        if (decided > 0) {
            return Quantity.of(Metric.SUCCESS_RATE, (double) counts.succeeded() / decided);
        }
        return Quantity.absent(
                Metric.SUCCESS_RATE,
                counts.attempted() == 0 ? "no request was attempted" : "every request was cut off");
    }

    private static Quantity rate(Metric metric, double amount, Window window, String reason) {
        if (!reason.isEmpty()) {
            return Quantity.absent(metric, reason);
        }
        return window.seconds() > 0
                ? Quantity.of(metric, amount / window.seconds())
                : Quantity.absent(metric, "the run had no length");
    }

    private static String requestReason(Sample sample) {
        return sample.counts().attempted() == 0 ? "no request was attempted" : "";
    }

    private static String tokenReason(Sample sample) {
        boolean unknown = sample.counts().succeeded() > 0 && sample.tokens().withUsage() == 0;
        return unknown ? Distributions.NO_USAGE : requestReason(sample);
    }

    private static String promptReason(Sample sample) {
        boolean unknown = sample.counts().succeeded() > 0 && !sample.promptsKnown();
        String reason = tokenReason(sample);
        return reason.isEmpty() && unknown ? "the number of prompt tokens is unknown" : reason;
    }
}
