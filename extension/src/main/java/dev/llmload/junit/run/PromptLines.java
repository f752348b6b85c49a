package dev.llmload.junit.run;

import dev.llmload.prompt.PromptPart;
import dev.llmload.prompt.PromptStatistics;
import dev.llmload.prompt.Prompts;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a run says about the prompts of its tests, once for each source. Safe for use by any thread. */
final class PromptLines {
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** The lines that were not said yet. */
    List<String> of(Prompts prompts) {
        List<String> lines = new ArrayList<>();
        for (PromptPart part : prompts.parts()) {
            String share = part.weight() < 1 ? ", " + number(part.weight() * 100) + " % of the requests" : "";
            lines.add("prompts: " + part.spec() + share + ": " + lengths(part.statistics()));
        }
        prompts.notes().forEach(note -> lines.add("prompts: " + note));
        lines.removeIf(line -> !said.add(line));
        return lines;
    }

    private static String lengths(PromptStatistics s) {
        return CountText.of(s.count(), "prompt") + "; characters: mean " + number(s.meanChars())
                + ", median " + number(s.medianChars()) + ", range " + s.minChars() + " to " + s.maxChars()
                + "; words: mean " + number(s.meanWords()) + ", median " + number(s.medianWords()) + ", range "
                + s.minWords() + " to " + s.maxWords() + shared(s);
    }

    private static String shared(PromptStatistics s) {
        return s.groups() == 0
                ? ""
                : "; shared: " + number(100 * s.sharedWords()) + " % of the words, as "
                        + (s.groups() == 1 ? "one beginning" : s.groups() + " different beginnings");
    }

    /** The lengths, by the name that metadata.json has. */
    static Map<String, Number> numbers(PromptStatistics statistics) {
        Map<String, Number> numbers = new HashMap<>(Map.of(
                "count", statistics.count(),
                "mean_chars", statistics.meanChars(),
                "median_chars", statistics.medianChars(),
                "min_chars", statistics.minChars(),
                "max_chars", statistics.maxChars(),
                "mean_words", statistics.meanWords(),
                "median_words", statistics.medianWords(),
                "min_words", statistics.minWords(),
                "max_words", statistics.maxWords()));
        if (statistics.groups() > 0) {
            numbers.put("shared_words", statistics.sharedWords());
            numbers.put("shared_groups", statistics.groups());
        }
        return Map.copyOf(numbers);
    }

    /** The lengths in tokens, as the server counted them; empty if it did not. */
    static Map<String, Number> tokens(List<RequestRecord> records) {
        int[] tokens = records.stream()
                .filter(RequestRecord::succeeded)
                .mapToInt(record -> record.tokens().prompt())
                .filter(count -> count > 0)
                .sorted()
                .toArray();
        int n = tokens.length;
        if (n == 0) {
            return Map.of();
        }
        double sum = 0;
        for (int count : tokens) {
            sum += count;
        }
        return Map.of(
                "counted_in_tokens",
                n,
                "mean_tokens",
                sum / n,
                "median_tokens",
                (tokens[(n - 1) / 2] + (double) tokens[n / 2]) / 2,
                "min_tokens",
                tokens[0],
                "max_tokens",
                tokens[n - 1]);
    }

    static String line(Map<String, Number> tokens) {
        return "prompts in tokens, as the server counted those of " + tokens.get("counted_in_tokens")
                + " warm-up requests: mean " + number(tokens.get("mean_tokens").doubleValue()) + ", median "
                + number(tokens.get("median_tokens").doubleValue()) + ", range " + tokens.get("min_tokens") + " to "
                + tokens.get("max_tokens");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
