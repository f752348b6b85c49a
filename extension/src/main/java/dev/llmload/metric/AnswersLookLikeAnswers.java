package dev.llmload.metric;

import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the answers look like answers; a warning at most. All of them cut at the token limit, or a mean of less than
 * 3 output tokens, may be meant, but is often a wrong prompt format. Identical answers would take their texts, which
 * are not kept.
 */
final class AnswersLookLikeAnswers implements Check {
    static final String NAME = "answers look like answers";

    private static final double FEWEST_TOKENS = 3;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        RequestCounts counts = evidence.sample().counts();
        TokenCounts tokens = evidence.sample().tokens();
        if (counts.succeeded() == 0) {
            return Check.notMeasured(NAME, "no request succeeded");
        }
        List<String> odd = new ArrayList<>();
        if (counts.finishReasons().getOrDefault("length", 0L) == counts.succeeded()) {
            odd.add("every answer was cut at the token limit (finish_reason length)");
        }
        double mean = (double) tokens.output() / tokens.withUsage();
        if (mean < FEWEST_TOKENS) {
            odd.add("the answers have " + Words.number(mean) + " output tokens on average");
        }
        String texts = "texts are not kept, so identical answers were not looked for";
        return odd.isEmpty() ? Check.ok(NAME, texts) : Check.warning(NAME, String.join("; ", odd) + "; " + texts);
    }
}
