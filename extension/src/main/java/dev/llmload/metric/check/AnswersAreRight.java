package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.List;

/**
 * Whether the answers that nobody looked at may count as right. Broken when more than 1 % of those that a declared check
 * looked at were wrong while others were not looked at: as many of these are wrong, and count as successes.
 */
public final class AnswersAreRight implements Check {
    public static final String NAME = "answers are right";

    private static final double MOST_WRONG = 0.01;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        List<RequestRecord> requests = evidence.sample().requests();
        long looked = requests.stream().filter(r -> r.flags().checked()).count();
        long wrong = requests.stream()
                .filter(r -> r.outcome() == Outcome.WRONG_ANSWER)
                .count();
        long unseen = requests.stream()
                .filter(r -> r.succeeded() && !r.flags().checked())
                .count();
        long missed = requests.stream().filter(r -> r.flags().missed()).count();
        if (looked == 0) {
            return missed == 0 ? Check.notMeasured(NAME, "no answer was looked at") : ofNone(missed);
        }
        String numbers = wrong + " of " + CountText.of(looked, "answer") + " that were looked at are wrong ("
                + CheckText.percent((double) wrong / looked, 100 * MOST_WRONG) + ")";
        if (unseen == 0 || wrong <= MOST_WRONG * looked) {
            String others = "; " + unseen + " others were not looked at"
                    + (missed == 0 ? "" : ", " + missed + " of them because the check was too slow");
            return missed == 0
                    ? Check.ok(NAME, numbers + (unseen == 0 ? "" : others))
                    : Check.warning(NAME, numbers + others);
        }
        Biases biases = rightAnswers().throughput(Bias.UP).latencies(Bias.DOWN).speeds(Bias.UP);
        return Check.broken(
                NAME,
                numbers + ", so as many of the " + unseen
                        + " others, which count as successes: look at all (checkShare = 1)",
                biases.toMap());
    }

    // A declared check that came to nothing says nothing of the latencies; it only leaves open who was right.
    private static ValidityCheck ofNone(long missed) {
        return Check.broken(
                NAME,
                "none of " + CountText.of(missed, "answer") + " was looked at in time: the check is too slow, or hangs",
                rightAnswers().goodput(Bias.UP).toMap());
    }

    private static Biases rightAnswers() {
        return new Biases().set(Bias.UP, Metric.SUCCESS_RATE, Metric.GOOD_FRACTION);
    }
}
