package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.Medians;
import dev.llmload.metric.RequestValues;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.result.text.CountText;
import java.util.List;

/**
 * Whether the tokens that were counted are those that were streamed. Broken when more than 1 % of the answers that have a TPOT
 * hold at least 3 tokens an event, and more than 8, while their usage names neither reasoning tokens nor the tokens of the
 * first event: the server may have hidden its reasoning before the first event (TPOT is then too low), or put several tokens
 * into one event (then it is right), and nobody can tell which.
 */
public final class PaceIsKnown implements Check {
    static final String NAME = "tpot is known";

    private static final double MOST_UNKNOWN = 0.01;
    private static final int MORE_TOKENS_THAN = 8;
    private static final int MANY_PER_EVENT = 3;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        List<RequestRecord> paced = evidence.sample().successes().stream()
                .filter(record -> RequestValues.has(Metric.TPOT, record))
                .toList();
        if (paced.isEmpty()) {
            return Check.notMeasured(NAME, "no answer has a tpot");
        }
        List<RequestRecord> unknown =
                paced.stream().filter(PaceIsKnown::isUnknown).toList();
        String share = unknown.size() + " of " + CountText.of(paced.size(), "answer")
                + " hold at least 3 tokens an event that the usage does not tell apart";
        if (unknown.size() <= MOST_UNKNOWN * paced.size()) {
            return Check.ok(NAME, share);
        }
        Biases biases = new Biases()
                .set(Bias.DOWN, Metric.TPOT)
                .set(Bias.UP, Metric.OUTPUT_SPEED)
                .set(Bias.UNKNOWN, Metric.MBU);
        if (evidence.measurement().recorders().stream()
                .anyMatch(recorder -> recorder.objectives().needPace())) {
            biases.goodput(Bias.UP).set(Bias.UP, Metric.GOOD_FRACTION);
        }
        double perEvent =
                Medians.of(unknown, record -> perEvent(record.tokens())).orElse(Double.NaN);
        return Check.broken(
                NAME,
                share + " (" + CheckText.number(perEvent)
                        + " in the median): either the server hides its reasoning, which is no"
                        + " time between tokens, and tpot is up to so many times too low, or it sends several tokens in one"
                        + " event (speculative decoding, an interval of streaming); from outside nobody can tell, so tpot and"
                        + " output_speed are in doubt. Have the server stream or count its reasoning"
                        + " (completion_tokens_details.reasoning_tokens), or count the tokens of each chunk (vLLM and SGLang:"
                        + " stream_options.continuous_usage_stats)",
                biases.toMap());
    }

    /** Whether nobody can tell how many of the tokens were streamed. */
    public static boolean isUnknown(RequestRecord record) {
        Tokens tokens = record.tokens();
        return tokens.reasoning() == RequestRecord.UNKNOWN
                && !tokens.firstEventKnown()
                && tokens.streamed() > MORE_TOKENS_THAN
                && perEvent(tokens) >= MANY_PER_EVENT;
    }

    private static double perEvent(Tokens tokens) {
        return (double) tokens.streamed() / Math.max(1, tokens.events());
    }
}
