package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.List;

/**
 * The per-request metrics of one record: nanoseconds, or tokens per second. What a record does not have is NaN. A record does
 * not know its loop: {@code ttft}, {@code ttfo} and {@code e2e} count from the scheduled instant here, and a closed loop
 * takes the {@code service_} forms for them ({@link dev.llmload.result.Level#valuesOf}).
 */
public final class RequestValues {
    /** All metrics that have one value per request; ITL has many. */
    static final List<Metric> METRICS =
            Metric.distributions().stream().filter(Metric::isOfRequest).toList();

    private RequestValues() {}

    /**
     * Whether a record's value belongs to the metric's distribution: those of the successes do. The client's own
     * {@code dispatch_delay} is known of all that were sent, {@code connect} of all that got a connection.
     */
    static boolean counts(Metric metric, RequestRecord record) {
        return switch (metric) {
            case DISPATCH_DELAY -> true;
            case CONNECT -> record.succeeded() || record.outcome().isFailure() && has(metric, record);
            default -> record.succeeded();
        };
    }

    /** Whether a record ranks above every value of the metric, because it failed. */
    static boolean failed(Metric metric, RequestRecord record) {
        return record.outcome().isFailure() && !counts(metric, record);
    }

    public static boolean has(Metric metric, RequestRecord record) {
        return !Double.isNaN(of(metric, record));
    }

    public static double of(Metric metric, RequestRecord record) {
        Times t = record.times();
        return switch (metric) {
            case TTFT -> waited(t) + between(t.sent(), t.firstToken());
            case TTFO -> waited(t) + between(t.sent(), t.firstOutput());
            case E2E -> waited(t) + between(t.sent(), t.lastToken());
            case SERVICE_TTFT -> between(t.sent(), t.firstToken());
            case SERVICE_TTFO -> between(t.sent(), t.firstOutput());
            case SERVICE_E2E -> between(t.sent(), t.lastToken());
            case TTFT_PER_PROMPT_TOKEN -> perPromptToken(record);
            case TTFB -> between(t.sent(), t.headers());
            case CONNECT -> t.connect() < 0 ? Double.NaN : t.connect();
            case STREAM_CLOSE -> between(t.lastToken(), t.closed());
            case DISPATCH_DELAY -> waited(t);
            case TPOT -> tpot(record);
            case OUTPUT_SPEED -> 1e9 / tpot(record);
            case REQUEST_SPEED -> requestSpeed(record);
            default -> throw new IllegalArgumentException(metric.word() + " is not a value of one request");
        };
    }

    /** Tokens of the first event: as the server said, else 1. */
    public static int firstEvent(Tokens tokens) {
        return tokens.firstEventKnown() ? Math.max(0, tokens.firstEvent()) : 1;
    }

    private static double waited(Times times) {
        return between(times.scheduled(), times.sent());
    }

    // A prompt that came whole from the cache has no such time: absent, never infinite.
    private static double perPromptToken(RequestRecord record) {
        double tokens = TokenWork.uncachedPrompt(record);
        return tokens > 0 ? between(record.times().sent(), record.times().firstToken()) / tokens : Double.NaN;
    }

    // All tokens in one event leave no time between tokens to speak of: absent, never 0.
    private static double tpot(RequestRecord record) {
        double time = between(record.times().firstToken(), record.times().lastToken());
        int divisor = record.tokens().streamed() - firstEvent(record.tokens());
        return record.tokens().streamed() < 0 || divisor < 1 || !(time > 0) ? Double.NaN : time / divisor;
    }

    private static double requestSpeed(RequestRecord record) {
        double e2e = between(record.times().sent(), record.times().lastToken());
        return record.tokens().output() < 0 || !(e2e > 0)
                ? Double.NaN
                : record.tokens().output() * 1e9 / e2e;
    }

    /** NaN also where time runs backwards: that is an error of measurement, never a negative duration. */
    private static double between(long from, long to) {
        long nanos = RequestRecord.between(from, to);
        return nanos == ABSENT || nanos < 0 ? Double.NaN : nanos;
    }
}
