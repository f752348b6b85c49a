package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.Medians;
import dev.llmload.metric.RequestValues;
import dev.llmload.metric.Sample;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether answers came as a stream. Broken when at least half of the successes with more than 8 streamed tokens came in
 * at most 2 network buffers and in less than 0.2 ms per token: then the first token is not the first, and time between
 * tokens says nothing. A median of 8 or more tokens per arrival is a warning: a proxy flushes now and then.
 *
 * <p>Where the server does not count tokens, token events stand in for them: this looks for buffering, not for a rate.
 */
public final class StreamIsStream implements Check {
    public static final String NAME = "the stream is a stream";
    /** Why TPOT, ITL and output speed are absent where this is broken. */
    public static final String ABSENT_REASON = "the answers did not come as a stream, but in one or two pieces";

    private static final int MORE_TOKENS_THAN = 8;
    private static final int MAX_BUFFERS = 2;
    private static final double NANOS_PER_TOKEN = 200_000;
    private static final double MANY_PER_ARRIVAL = 8;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        return of(evidence.sample());
    }

    /** The answer for a sample. */
    public static ValidityCheck of(Sample sample) {
        List<RequestRecord> successes = sample.successes();
        List<RequestRecord> longer = successes.stream()
                .filter(record -> streamed(record.tokens()) > MORE_TOKENS_THAN)
                .toList();
        if (longer.isEmpty()) {
            return Check.notMeasured(NAME, "no answer had more than 8 streamed tokens");
        }
        long atOnce = longer.stream().filter(StreamIsStream::cameAtOnce).count();
        String share = atOnce + " of " + CountText.of(longer.size(), "answer")
                + " with more than 8 tokens came in at most" + " 2 network buffers and under 0.2 ms per token";
        if (2 * atOnce >= longer.size()) {
            Biases biases = new Biases()
                    .set(Bias.UP, Metric.TTFT, Metric.TTFO)
                    .set(Bias.UNKNOWN, Metric.TPOT, Metric.ITL, Metric.OUTPUT_SPEED, Metric.MBU)
                    .goodput(Bias.DOWN)
                    .set(Bias.DOWN, Metric.GOOD_FRACTION);
            return Check.broken(NAME, share + ": the server or a proxy buffers, so TTFT is nearly e2e", biases.toMap());
        }
        OptionalDouble perArrival = Medians.of(successes, record -> perArrival(record.tokens()));
        if (perArrival.isPresent() && perArrival.getAsDouble() >= MANY_PER_ARRIVAL) {
            return Check.warning(
                    NAME,
                    "a median of " + CheckText.number(perArrival.getAsDouble())
                            + " tokens per arrival: "
                            + (flushes(successes)
                                    ? "a proxy seems to flush only now and then"
                                    : "each event holds many, or the usage counts tokens that were not streamed")
                            + coalesced(sample.tokens()));
        }
        return Check.ok(NAME, share + coalesced(sample.tokens()));
    }

    /** Whether several events share a buffer in the median, which is what a proxy does. */
    private static boolean flushes(List<RequestRecord> successes) {
        OptionalDouble events = Medians.of(
                successes,
                record -> record.tokens().arrivals() < 1
                        ? Double.NaN
                        : (double) record.tokens().events() / record.tokens().arrivals());
        return events.orElse(0) >= 2;
    }

    private static String coalesced(TokenCounts tokens) {
        return (Double.isNaN(tokens.perArrival())
                        ? ""
                        : "; " + CheckText.number(tokens.perArrival()) + " tokens per arrival")
                + (Double.isNaN(tokens.coalesced())
                        ? ""
                        : "; " + CheckText.percent(tokens.coalesced()) + " of the events came with an earlier one")
                + (tokens.tpotBound() > 0 ? "; tpot is known to ±" + CheckText.percent(tokens.tpotBound()) : "");
    }

    private static boolean cameAtOnce(RequestRecord record) {
        Times t = record.times();
        long time = t.lastToken() - t.firstToken();
        int tokens = streamed(record.tokens()) - RequestValues.firstEvent(record.tokens());
        // everything in the first event: no time passed
        int arrivals = record.tokens().arrivals();
        return arrivals >= 1 && arrivals <= MAX_BUFFERS && time < NANOS_PER_TOKEN * Math.max(1, tokens);
    }

    private static int streamed(Tokens tokens) {
        return tokens.streamed() >= 0 ? tokens.streamed() : tokens.events();
    }

    private static double perArrival(Tokens tokens) {
        return tokens.arrivals() < 1 ? Double.NaN : (double) streamed(tokens) / tokens.arrivals();
    }
}
