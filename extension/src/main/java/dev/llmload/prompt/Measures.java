package dev.llmload.prompt;

/**
 * What is known of prompts once each was seen. Not changed any more.
 *
 * @param chars their lengths in characters
 * @param words their lengths in words
 * @param sha256 their fingerprint
 */
public record Measures(LengthCounts chars, LengthCounts words, String sha256) {
    public PromptStatistics statistics() {
        return PromptStatistics.of(chars, words);
    }

    /** Measures prompts one by one. Used by one thread. */
    static final class Builder {
        private final LengthCounts chars = new LengthCounts();
        private final LengthCounts words = new LengthCounts();
        private final Fingerprint fingerprint = new Fingerprint();

        void add(Prompt prompt) {
            chars.add(prompt.chars());
            words.add(prompt.words());
            fingerprint.add(prompt);
        }

        Measures build() {
            return new Measures(chars, words, fingerprint.hex());
        }
    }
}
