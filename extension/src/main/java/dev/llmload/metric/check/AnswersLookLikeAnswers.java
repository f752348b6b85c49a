package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.FinishNotes;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the answers look like answers; a warning at most. More than 90 % identical answers to different prompts are a
 * fixed text or somebody's cache; more than 1 % that a content filter cut off have short latencies for the wrong reason; a
 * finish reason that is not known may be a failure; all of them cut at the token limit, or a mean of less than 3 output
 * tokens, may be meant, but is often a wrong prompt format.
 */
final class AnswersLookLikeAnswers implements Check {
    static final String NAME = "answers look like answers";

    private static final double FEWEST_TOKENS = 3;
    private static final double MAX_IDENTICAL = 0.90;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        RequestCounts counts = evidence.sample().counts();
        TokenCounts tokens = evidence.sample().tokens();
        if (counts.succeeded() == 0) {
            return Check.notMeasured(NAME, "no request succeeded");
        }
        List<String> odd = new ArrayList<>();
        Identical identical = Identical.of(evidence.sample().successes());
        if (identical.most() > MAX_IDENTICAL * identical.compared()) {
            odd.add(identical.words() + " are identical, though their prompts differ");
        }
        if (FinishNotes.allAtTheLimit(counts)) {
            odd.add("every answer was cut at the token limit (finish_reason "
                    + String.join(", ", counts.finishReasons().keySet()) + ")");
        }
        odd.addAll(FinishNotes.warnings(counts));
        double mean = (double) tokens.output() / tokens.withUsage();
        if (mean < FEWEST_TOKENS) {
            odd.add("the answers have " + CheckText.number(mean, FEWEST_TOKENS) + " output tokens on average");
        }
        String filtered = FinishNotes.filteredShare(counts);
        return odd.isEmpty()
                ? Check.ok(
                        NAME,
                        (identical.compared() == 0
                                        ? "there was no text to compare"
                                        : identical.words() + " are identical")
                                + (filtered.isEmpty() ? "" : "; " + filtered))
                : Check.warning(NAME, String.join("; ", odd));
    }

    /**
     * How alike answers are.
     *
     * @param most answers with the same text to different prompts; of no two such, 0
     * @param compared answers whose text is known
     */
    private record Identical(long most, long compared) {
        static Identical of(List<RequestRecord> successes) {
            Map<Long, Long> answers = new HashMap<>();
            Map<Long, Set<Long>> prompts = new HashMap<>();
            long compared = 0;
            for (RequestRecord record : successes) {
                if (record.answer() != RequestRecord.UNKNOWN) {
                    compared++;
                    answers.merge(record.answer(), 1L, Long::sum);
                    prompts.computeIfAbsent(record.answer(), any -> new HashSet<>())
                            .add(record.prompt());
                }
            }
            long most = answers.entrySet().stream()
                    .filter(entry ->
                            prompts.getOrDefault(entry.getKey(), Set.of()).size() > 1)
                    .mapToLong(Map.Entry::getValue)
                    .max()
                    .orElse(0);
            return new Identical(most, compared);
        }

        String words() {
            return most + " of " + CountText.of(compared, "answer") + " ("
                    + CheckText.percent((double) most / compared, 100 * MAX_IDENTICAL) + ")";
        }
    }
}
