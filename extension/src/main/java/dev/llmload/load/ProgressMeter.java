package dev.llmload.load;

import dev.llmload.result.Phase;
import dev.llmload.result.RequestRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts for the status line: written by every loop when a request ends, read by the level's thread. */
final class ProgressMeter {
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

    void ended(RequestRecord record) {
        ended.increment();
        if (record.phase() != Phase.RAMP_IN) {
            inWindow.increment();
        }
        if (record.outcome().isFailure()) {
            failures.increment();
        }
        if (record.succeeded()) {
            successes.increment();
            tokens.add(Math.max(0, record.tokens().output()));
            long value =
                    RequestRecord.between(record.times().sent(), record.times().firstToken());
            recorder.recordValue(Math.min(Math.max(0, value), TimeUnit.HOURS.toNanos(1)));
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
        double seconds = Math.max(1e-9, (now - phaseStart) / 1e9);
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
                ttft.getTotalCount() == 0 ? Double.NaN : ttft.getValueAtPercentile(95) / 1e6,
                remaining(total, done, rate, before, untilTimeIsOver));
    }

    private static Duration remaining(int total, int done, double rate, boolean before, Duration limit) {
        if (total == 0) {
            return limit;
        }
        if (before || rate <= 0) {
            return NOT_KNOWN;
        }
        Duration expected = Duration.ofMillis(Math.round(Math.max(0, total - done) / rate * 1000));
        return expected.compareTo(limit) < 0 ? expected : limit;
    }
}
