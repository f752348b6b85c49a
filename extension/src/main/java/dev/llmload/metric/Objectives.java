package dev.llmload.metric;

import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.request.Objective;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What an answer of one level must meet to be a good one. Immutable, safe for use by any thread.
 *
 * <p>In an open loop an objective on TTFT, TTFO or E2E is held against the value from the scheduled instant, as a budget
 * is. An answer of a single token, or whose tokens came all at once, left no time between tokens: it meets an objective on
 * {@code tpot} or {@code output_speed}. A value that is unknown meets nothing.
 */
public final class Objectives {
    /** It is not declared what a good answer is. */
    public static final Objectives NONE = new Objectives(List.of(), UnaryOperator.identity());

    private final List<Objective> all;
    private final UnaryOperator<Metric> values;

    private Objectives(List<Objective> all, UnaryOperator<Metric> values) {
        this.all = List.copyOf(all);
        this.values = values;
    }

    /**
     * Those of a level.
     *
     * @param all every one of them must be met
     * @param level decides from which instant latencies count
     */
    public static Objectives of(List<Objective> all, Level level) {
        return all.isEmpty() ? NONE : new Objectives(all, level::valuesOf);
    }

    boolean declared() {
        return !all.isEmpty();
    }

    /** Whether any is about the time between tokens, which says nothing where the stream is none. */
    public boolean needPace() {
        return all.stream().map(Objective::metric).anyMatch(Objectives::isPace);
    }

    /** Whether any takes the number of tokens. */
    boolean needTokens() {
        return all.stream().map(Objective::metric).anyMatch(Metric::countsTokens);
    }

    boolean good(RequestRecord record) {
        if (!record.succeeded()) {
            return false;
        }
        for (Objective objective : all) {
            double value = RequestValues.of(values.apply(objective.metric()), record);
            boolean atOnce = isPace(objective.metric()) && record.tokens().streamed() >= 0 && Double.isNaN(value);
            if (!atOnce && !objective.holds(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPace(Metric metric) {
        return metric == Metric.TPOT || metric == Metric.OUTPUT_SPEED;
    }
}
