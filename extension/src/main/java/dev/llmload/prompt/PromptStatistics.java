package dev.llmload.prompt;

import java.util.List;

/**
 * How long the prompts of a source are: all contents of a prompt together, in characters (code points) and words.
 * Immutable.
 *
 * @param count prompts
 * @param meanChars arithmetic mean of the characters
 * @param medianChars middle value of the characters; of an even count, the mean of the two middle ones
 * @param minChars characters of the shortest prompt
 * @param maxChars characters of the longest prompt
 * @param meanWords arithmetic mean of the words, as white space separates them
 */
public record PromptStatistics(
        int count, double meanChars, double medianChars, int minChars, int maxChars, double meanWords) {

    static PromptStatistics of(List<Prompt> prompts) {
        int[] chars = prompts.stream().mapToInt(Prompt::chars).sorted().toArray();
        int n = chars.length;
        double mean = prompts.stream().mapToInt(Prompt::chars).average().orElseThrow();
        double median = (chars[(n - 1) / 2] + (double) chars[n / 2]) / 2;
        double words = prompts.stream().mapToInt(Prompt::words).average().orElseThrow();
        return new PromptStatistics(n, mean, median, chars[0], chars[n - 1], words);
    }
}
