package dev.llmload.load;

import dev.llmload.metric.RequestValues;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether a level has become a lost cause, at the requests that ended in the last {@link #SPAN_NANOS} or, where those
 * are fewer, at the last {@link #LEAST}: so a burst decides nothing, and an endpoint that answers once a minute is judged
 * too. A failed request is slower than every other. Any thread may hand over requests, at the cost of one small object;
 * one thread judges. The clock is the caller's.
 */
final class AbortMonitor {
    /** Fewer requests than that decide nothing. */
    static final int LEAST = 20;

    /** How far it looks back. */
    static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long FAILED = Long.MAX_VALUE;

    private record Ended(long nanos, long ttft, long e2e) {
        boolean succeeded() {
            return e2e != FAILED;
        }

        long latency(Metric metric) {
            return metric == Metric.TTFT ? ttft : e2e;
        }
    }

    private final List<AbortRule> rules;
    private final Metric ttft;
    private final Metric e2e;
    private final Queue<Ended> arrived = new ConcurrentLinkedQueue<>();
    private final Deque<Ended> window = new ArrayDeque<>();
    private int succeeded;

    /**
     * A watch that has seen nothing.
     *
     * @param rules any of them; with none it keeps nothing
     * @param level whose latencies they are: it says from where they count
     */
    AbortMonitor(List<AbortRule> rules, Level level) {
        this.rules = List.copyOf(rules);
        this.ttft = level.valuesOf(Metric.TTFT);
        this.e2e = level.valuesOf(Metric.E2E);
    }

    /** A request ended; what was cut off, or never left this machine, says nothing of the endpoint. From any thread. */
    void ended(RequestRecord record) {
        boolean ours = record.outcome() == Outcome.CUT || record.outcome() == Outcome.CLIENT_LIMIT;
        if (rules.isEmpty() || ours) {
            return;
        }
        long closed = record.times().closed();
        arrived.add(
                record.succeeded()
                        ? new Ended(closed, (long) RequestValues.of(ttft, record), (long) RequestValues.of(e2e, record))
                        : new Ended(closed, FAILED, FAILED));
    }

    /** Why the level is a lost cause, if it is one. */
    Optional<String> judge(long now) {
        slide(now);
        if (window.size() < LEAST) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(this::holds)
                .findFirst()
                .map(rule -> value(rule) + " over the last " + window.size() + " requests, and `abortWhen` says "
                        + rule.text());
    }

    private void slide(long now) {
        for (Ended next = arrived.poll(); next != null; next = arrived.poll()) {
            window.addLast(next);
            succeeded += next.succeeded() ? 1 : 0;
        }
        while (window.size() > LEAST && now - window.getFirst().nanos() > SPAN_NANOS) {
            succeeded -= window.removeFirst().succeeded() ? 1 : 0;
        }
    }

    // The value of a rank lies beyond a limit when fewer than that many values lie within it: nothing need be sorted.
    private boolean holds(AbortRule rule) {
        if (rule.metric() == Metric.SUCCESS_RATE) {
            return rule.holdsFor(succeeded, window.size());
        }
        long within = window.stream()
                .mapToLong(each -> each.latency(rule.metric()))
                .filter(nanos -> nanos != FAILED && !rule.isBeyond(nanos))
                .count();
        return within < rule.rank(window.size());
    }

    // Rounded up, so that a value beyond its limit never looks like it.
    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6)
                        .setScale(3, RoundingMode.UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " ms";
    }

    private String value(AbortRule rule) {
        if (rule.metric() == Metric.SUCCESS_RATE) {
            BigDecimal percent = BigDecimal.valueOf(100L * succeeded)
                    .divide(BigDecimal.valueOf(window.size()), 1, RoundingMode.DOWN)
                    .stripTrailingZeros();
            return "success_rate was " + percent.toPlainString() + " %";
        }
        long nanos = window.stream()
                .mapToLong(each -> each.latency(rule.metric()))
                .sorted()
                .skip(rule.rank(window.size()) - 1L)
                .findFirst()
                .orElseThrow();
        String name = rule.metric().word() + " p"
                + BigDecimal.valueOf(rule.percentile()).stripTrailingZeros().toPlainString();
        return nanos == FAILED ? name + " fell on a failed request" : name + " was " + millis(nanos);
    }
}
