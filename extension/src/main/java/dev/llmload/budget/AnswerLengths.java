package dev.llmload.budget;

import dev.llmload.budget.baseline.BaselineRun;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Whether two releases were asked for and gave as much: shorter answers are not a faster server. */
public final class AnswerLengths {
    private static final double PROMPT_TOLERANCE = 0.02;
    private static final double OUTPUT_TOLERANCE = 0.05;

    private AnswerLengths() {}

    /** Why the lengths do not permit a comparison; empty if they do. */
    public static Optional<String> difference(List<BaselineRun> before, List<BaselineRun> now) {
        return difference("prompt", BaselineRun::promptTokens, PROMPT_TOLERANCE, before, now)
                .or(() -> difference("output", BaselineRun::outputTokens, OUTPUT_TOLERANCE, before, now));
    }

    private static Optional<String> difference(
            String what,
            ToDoubleFunction<BaselineRun> tokens,
            double tolerance,
            List<BaselineRun> before,
            List<BaselineRun> now) {
        double was = mean(before, tokens);
        double is = mean(now, tokens);
        if (Double.isNaN(was) || Double.isNaN(is)) {
            return Optional.of(
                    "mean " + what + " tokens are not known" + (Double.isNaN(was) ? " of the baseline" : ""));
        }
        double change = was == 0 ? (is == 0 ? 0 : Double.POSITIVE_INFINITY) : is / was - 1;
        // The slack is that of the division.
        return Math.abs(change) <= tolerance + 1e-9
                ? Optional.empty()
                : Optional.of("mean " + what + " tokens " + Figures.number(is) + " against " + Figures.number(was)
                        + " of the baseline: more than " + Explanations.plainPercent(tolerance) + " apart");
    }

    private static double mean(List<BaselineRun> runs, ToDoubleFunction<BaselineRun> tokens) {
        return runs.stream().mapToDouble(tokens).average().orElse(Double.NaN);
    }
}
