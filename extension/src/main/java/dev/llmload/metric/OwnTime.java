package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.metric.check.ClientLimits;
import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;

/**
 * What the client itself may have added to the values of a record: its bounds on lateness, and the time by which it was behind
 * a schedule for no reason of the endpoint's.
 *
 * @param beyond nanoseconds by which each reading may be later than its bound says, because the sentinel's were
 */
record OwnTime(long beyond) {
    /** As the bounds have it. */
    static final OwnTime BOUNDS = new OwnTime(0);

    /** Whether any of it counts. */
    boolean counts() {
        return ClientLimits.inForce().bounds() > 0;
    }

    /** The value without all that the client may have added; what has no bound as it is. */
    double best(Metric metric, RequestRecord record) {
        double value = RequestValues.of(metric, record);
        Times t = record.times();
        return switch (metric) {
            case TTFT -> less(value, behind(record) + sent(t) + read(t.late().firstToken()));
            case TTFO -> less(value, behind(record) + sent(t) + read(t.late().firstOutput()));
            case E2E -> less(value, behind(record) + sent(t) + read(t.late().lastToken()));
            case SERVICE_TTFT -> less(value, sent(t) + read(t.late().firstToken()));
            case SERVICE_TTFO -> less(value, sent(t) + read(t.late().firstOutput()));
            case SERVICE_E2E -> less(value, sent(t) + read(t.late().lastToken()));
            case TPOT -> scaled(value, record, -read(t.late().lastToken()));
            case OUTPUT_SPEED -> 1e9 / best(Metric.TPOT, record);
            case REQUEST_SPEED -> record.tokens().output() * 1e9 / best(Metric.SERVICE_E2E, record);
            default -> value;
        };
    }

    /** The other end: of what two readings bound, the first may have been the late one. */
    double worst(Metric metric, RequestRecord record) {
        return switch (metric) {
            case TPOT ->
                scaled(
                        RequestValues.of(metric, record),
                        record,
                        read(record.times().late().firstToken()));
            case OUTPUT_SPEED -> 1e9 / worst(Metric.TPOT, record);
            default -> RequestValues.of(metric, record);
        };
    }

    /** Nanoseconds of its user's time that the client may have spent itself. */
    double spent(RequestRecord record) {
        Times t = record.times();
        return t.sent() == ABSENT ? 0 : behind(record) + sent(t) + read(t.late().lastToken());
    }

    // Waiting for a turn is the server's, connecting is the network's.
    private static double behind(RequestRecord record) {
        Times t = record.times();
        long behind = t.sent() - t.scheduled() - record.flags().heldNanos() - Math.max(0, t.connect());
        return Math.max(0, counted(behind));
    }

    private static double sent(Times times) {
        return counted(times.late().sent());
    }

    private double read(long late) {
        return counted(late + beyond);
    }

    private static double counted(long nanos) {
        return nanos * ClientLimits.inForce().bounds();
    }

    private static double less(double value, double own) {
        return Double.isNaN(value) ? value : Math.max(0, value - own);
    }

    private static double scaled(double tpot, RequestRecord record, double more) {
        double time = record.times().lastToken() - record.times().firstToken();
        return tpot * Math.max(1, time + more) / time;
    }
}
