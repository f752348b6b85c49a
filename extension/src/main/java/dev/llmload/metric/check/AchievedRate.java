package dev.llmload.metric.check;

import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.text.CountText;
import java.util.function.ToLongFunction;

/** The rate at which an open loop really sent, against the one it meant to. */
public final class AchievedRate {
    private AchievedRate() {}

    /** Requests sent in the window / (target rate × its length); NaN where not every request is kept, or it has no length. */
    public static double of(Evidence evidence) {
        double target = evidence.measurement().level().offered()
                * evidence.sample().window().seconds();
        return !evidence.sample().exact() || !(target > 0) ? Double.NaN : in(evidence, Times::sent) / target;
    }

    /**
     * What was due in the window and what was sent in it: arrivals come by chance, so that a share of the target rate would
     * read like a fault where there is none. Begins with a semicolon; empty where not every request is kept.
     */
    static String inWords(Evidence evidence) {
        return evidence.sample().exact()
                ? "; " + CountText.of(in(evidence, Times::scheduled), "request") + " due in the window, "
                        + in(evidence, Times::sent) + " sent"
                : "";
    }

    private static long in(Evidence evidence, ToLongFunction<Times> instant) {
        Window window = evidence.sample().window();
        return evidence.level().stream()
                .map(RequestRecord::times)
                .mapToLong(instant)
                .filter(nanos -> nanos != RequestRecord.ABSENT && window.contains(nanos))
                .count();
    }
}
