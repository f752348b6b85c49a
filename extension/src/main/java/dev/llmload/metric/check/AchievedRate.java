package dev.llmload.metric.check;

import dev.llmload.result.RequestRecord;
import dev.llmload.result.Window;

/** The rate at which an open loop really sent, against the one it meant to. */
public final class AchievedRate {
    private AchievedRate() {}

    /** Requests sent in the window / (target rate × its length); NaN where not every request is kept, or it has no length. */
    public static double of(Evidence evidence) {
        Window window = evidence.sample().window();
        double target = evidence.measurement().level().offered() * window.seconds();
        if (!evidence.sample().exact() || !(target > 0)) {
            return Double.NaN;
        }
        long sent = evidence.level().stream()
                .map(RequestRecord::times)
                .filter(times -> times.sent() != RequestRecord.ABSENT && window.contains(times.sent()))
                .count();
        return sent / target;
    }
}
