package dev.llmload.metric;

import dev.llmload.result.RequestCounts;
import dev.llmload.result.request.FinishReasons;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the finish reasons of the successes say that a reader of latencies should know. */
public final class FinishNotes {
    private static final double MOST_FILTERED = 0.01;
    private static final int LONGEST = 60;

    private FinishNotes() {}

    /** Sentences worth a warning. */
    public static List<String> warnings(RequestCounts counts) {
        List<String> odd = new ArrayList<>();
        if (filtered(counts) > MOST_FILTERED * counts.succeeded()) {
            odd.add("a content filter cut " + share(counts)
                    + " off: they are short, and so are their latencies; change the prompts or the filter");
        }
        counts.finishReasons().forEach((reason, count) -> {
            if (!FinishReasons.isKnown(reason)) {
                odd.add("finish_reason " + shown(reason) + " (" + CountText.of(count, "answer")
                        + ") is not known; it counts as a success");
            }
        });
        return odd;
    }

    /** The share that a content filter cut off, or empty if it cut none. */
    public static String filteredShare(RequestCounts counts) {
        return filtered(counts) == 0 ? "" : "a content filter cut " + share(counts) + " off";
    }

    /** Whether every answer was cut at the limit of its tokens. */
    public static boolean allAtTheLimit(RequestCounts counts) {
        return sum(counts, FinishReasons::isLimit) == counts.succeeded();
    }

    private static long filtered(RequestCounts counts) {
        return sum(counts, FinishReasons::isFiltered);
    }

    private static String share(RequestCounts counts) {
        return filtered(counts) + " of " + CountText.of(counts.succeeded(), "answer") + " ("
                + CheckText.percent((double) filtered(counts) / counts.succeeded(), 100 * MOST_FILTERED) + ")";
    }

    private static long sum(RequestCounts counts, Predicate<String> wanted) {
        return counts.finishReasons().entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String shown(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }
}
