package dev.llmload.prompt;

/**
 * How long the prompts of a source are: all contents of a prompt together, in characters (code points) and in words (as
 * white space separates them). Immutable.
 *
 * @param count prompts
 * @param meanChars arithmetic mean of the characters
 * @param medianChars middle value of the characters; of an even count, the mean of the two middle ones
 * @param minChars characters of the shortest prompt
 * @param maxChars characters of the longest prompt
 * @param meanWords arithmetic mean of the words
 * @param medianWords middle value of the words
 * @param minWords words of the prompt that has fewest
 * @param maxWords words of the prompt that has most
 * @param sharedWords share of all words that belong to a beginning that several prompts are meant to have in common, 0 to 1
 * @param groups how many such beginnings there are; 0 if nothing is shared
 */
public record PromptStatistics(
        int count,
        double meanChars,
        double medianChars,
        int minChars,
        int maxChars,
        double meanWords,
        double medianWords,
        int minWords,
        int maxWords,
        double sharedWords,
        int groups) {

    static PromptStatistics of(Measures measures) {
        LengthCounts chars = measures.chars();
        LengthCounts words = measures.words();
        return new PromptStatistics(
                chars.count(),
                chars.mean(),
                chars.median(),
                chars.min(),
                chars.max(),
                words.mean(),
                words.median(),
                words.min(),
                words.max(),
                (double) measures.sharedWords() / Math.max(1, words.sum()),
                measures.groups());
    }
}
