package dev.llmload.prompt;

import java.util.List;

/** The checked prompts of one source, by number. Safe for use by any thread. */
public interface PromptStore {
    /** How many there are, at least 1. */
    int size();

    /** One of them, from 0. */
    Prompt get(int i);

    /** Of a prompt that {@link #get} gave: equal for two of them when their texts are equal, see {@link Identity}. */
    long identity(Prompt prompt);

    /** A source that fits in memory. */
    @SuppressWarnings("ArrayRecordComponent")
    record Listed(List<Prompt> prompts, long[] identities) implements PromptStore {
        @Override
        public int size() {
            return prompts.size();
        }

        @Override
        public Prompt get(int i) {
            return prompts.get(i);
        }

        @Override
        public long identity(Prompt prompt) {
            return identities[prompt.index()];
        }
    }
}
