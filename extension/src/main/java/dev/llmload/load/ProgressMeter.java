package dev.llmload.load;

import dev.llmload.metric.RequestValues;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts for the status line: written by every loop when a request ends, read by the level's thread. */
final class ProgressMeter {
    /** Of a shorter phase the rate is one of few requests and little time: thousands a second, or none. */
    private static final long RATE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Fewer requests that ended say little of when the others will: a level of four seconds had minutes left. */
    private static final int LEAST_ENDED = 5;

    private final Recorder recorder = new Recorder(3);
    private final Histogram ttft = new Histogram(3);
    private final LongAdder ended = new LongAdder();
    private final LongAdder inWindow = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder successes = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    private static final Duration NOT_KNOWN = Duration.ofSeconds(-1);

    private String phase = "";
    private long phaseStart;
    private long successesBefore;
    private long tokensBefore;
    private final Metric latency;

    /**
     * One that has seen nothing.
     *
     * @param level whose latencies it shows: it says from where they count
     */
    ProgressMeter(Level level) {
        this.latency = level.valuesOf(Metric.TTFT);
    }

    void ended(RequestRecord record) {
        ended.increment();
        if (record.phase() == Phase.WINDOW || record.phase() == Phase.WARMUP) {
            inWindow.increment();
        }
        if (record.outcome().isFailure()) {
            failures.increment();
        }
        if (record.succeeded()) {
            successes.increment();
            tokens.add(Math.max(0, record.tokens().output()));
            long value = (long) RequestValues.of(latency, record);
            recorder.recordValue(Math.min(value, TimeUnit.HOURS.toNanos(1)));
        }
    }

    /** A phase began: rates start over. */
    void phase(String name, long now) {
        phase = name;
        phaseStart = now;
        successesBefore = successes.sum();
        tokensBefore = tokens.sum();
    }

    Progress read(String level, int total, long now, Duration untilTimeIsOver) {
        ttft.add(recorder.getIntervalHistogram());
        double seconds = now - phaseStart < RATE_AFTER_NANOS ? Double.NaN : (now - phaseStart) / 1e9;
        double rate = (successes.sum() - successesBefore) / seconds;
        boolean before = phase.equals("ramp-in");
        int done = (int) (before ? ended : inWindow).sum();
        return new Progress(
                level,
                phase,
                done,
                total,
                failures.sum(),
                rate,
                (tokens.sum() - tokensBefore) / seconds,
                ttftP95(failures.sum()),
                remaining(total, done, rate, before, untilTimeIsOver));
    }

    // A failed request ranks above every value.
    private double ttftP95(long failed) {
        long values = ttft.getTotalCount();
        if (values + failed == 0) {
            return Double.NaN;
        }
        long rank = (95 * (values + failed) + 99) / 100;
        return rank > values
                ? Double.POSITIVE_INFINITY
                : ttft.getValueAtPercentile(100.0 * (rank - 0.5) / values) / 1e6;
    }

    private static Duration remaining(int total, int done, double rate, boolean before, Duration limit) {
        if (before) {
            return NOT_KNOWN;
        }
        if (total == 0) {
            return limit;
        }
        if (!(rate > 0) || done < Math.max(LEAST_ENDED, total / 20)) {
            return NOT_KNOWN;
        }
        Duration expected = Duration.ofMillis(Math.round(Math.max(0, total - done) / rate * 1000));
        return expected.compareTo(limit) < 0 ? expected : limit;
    }
}
