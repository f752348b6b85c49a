package dev.llmload.budget.grammar;

import dev.llmload.budget.Statistic;
import dev.llmload.result.Metric;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises a metric and a statistic in another order or spelling than this grammar's, and says them in its own. */
final class WordOrder {
    private static final String STATISTIC = "(p\\s*\\(?\\s*\\d+(?:\\.\\d+)?\\s*\\)?|[a-z]+)";
    private static final String METRIC = "([a-z]\\w*)";

    /** {@code p95 ttft}, {@code p95 of ttft}, {@code p95(ttft)}. */
    private static final Pattern STATISTIC_FIRST =
            Pattern.compile(STATISTIC + "[\\s(.:-]+(?:of\\s+)?" + METRIC + ".*", Pattern.DOTALL);

    /** {@code ttft p(95)}, {@code ttft(p95)}, {@code ttft.p95}, {@code ttft:p95}. */
    private static final Pattern METRIC_FIRST =
            Pattern.compile(METRIC + "[\\s(.:-]+" + STATISTIC + ".*", Pattern.DOTALL);

    /** {@code ttft_p95}. */
    private static final Pattern ONE_WORD = Pattern.compile(METRIC + "_" + STATISTIC + "\\b.*", Pattern.DOTALL);

    private static final Pattern ONLY_STATISTIC = Pattern.compile(STATISTIC + "\\s*[<>=≤≥].*", Pattern.DOTALL);

    private WordOrder() {}

    /**
     * What was meant: {@code ttft p95}, or {@code throughput} for a metric that takes no statistic.
     *
     * @param text from the first word on
     */
    static Optional<String> meant(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return pair(STATISTIC_FIRST.matcher(lower), 2, 1)
                .or(() -> pair(METRIC_FIRST.matcher(lower), 1, 2))
                .or(() -> pair(ONE_WORD.matcher(lower), 1, 2));
    }

    /** The statistic of a text that names no metric at all, as in {@code p(95) < 200 ms}. */
    static Optional<String> withoutMetric(String text) {
        Matcher matcher = ONLY_STATISTIC.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.matches() ? statistic(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> pair(Matcher matcher, int metric, int statistic) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> word = statistic(matcher.group(statistic));
        return Metric.ofWord(matcher.group(metric))
                .filter(known -> known.isBudgetable() && word.isPresent())
                .map(known -> known.isDistribution() ? known.word() + " " + word.get() : known.word());
    }

    private static Optional<String> statistic(String written) {
        String plain = written.replaceAll("[\\s()]", "");
        return Statistic.ofWord(plain).map(known -> plain).or(() -> Words.synonym(plain, Statistic.WORDS));
    }
}
