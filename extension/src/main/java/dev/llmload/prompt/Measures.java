package dev.llmload.prompt;

/**
 * What is known of prompts once each was seen. Not changed any more.
 *
 * @param chars their lengths in characters
 * @param words their lengths in words
 * @param sharedWords words that they are meant to have in common with others, added up
 * @param groups how many different beginnings they share
 * @param sha256 their fingerprint
 */
public record Measures(LengthCounts chars, LengthCounts words, long sharedWords, int groups, String sha256) {
    public PromptStatistics statistics() {
        return PromptStatistics.of(this);
    }

    /** Measures prompts one by one. Used by one thread. */
    public static final class Builder {
        private final LengthCounts chars = new LengthCounts();
        private final LengthCounts words = new LengthCounts();
        private final Fingerprint fingerprint = new Fingerprint();
        private long sharedWords;
        private int groups;

        public void add(Prompt prompt) {
            chars.add(prompt.chars());
            words.add(prompt.words());
            fingerprint.add(prompt);
            if (prompt.shared().words() > 0) {
                sharedWords += prompt.shared().words();
                groups = Math.max(groups, prompt.shared().group() + 1);
            }
        }

        public Measures build() {
            return new Measures(chars, words, sharedWords, groups, fingerprint.hex());
        }
    }
}
