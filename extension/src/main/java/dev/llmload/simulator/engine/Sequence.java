package dev.llmload.simulator.engine;

import dev.llmload.simulator.settings.Require;
import java.util.ArrayList;
import java.util.List;

/** One request in the engine. Only the engine and its cache change it; confined to their thread. */
public final class Sequence {
    /** Where a sequence is in its life. */
    enum State {
        WAITING,
        RUNNING,
        OVER
    }

    private final int promptTokens;
    private final int outputTokens;
    private final long[] promptBlocks;
    private final Runnable onToken;

    /** Blocks of the prompt that it holds together with others, by their hash, in the prompt's order. */
    final List<Long> sharedBlocks = new ArrayList<>(0);
    /** Blocks that only it holds. */
    int ownBlocks;
    /** How many of the prompt's blocks were offered to others. */
    int offeredBlocks;
    /** Tokens, from the beginning, whose KV entries exist. */
    int computed;

    State state = State.WAITING;
    boolean parked;
    boolean looked;
    public int cachedTokens;
    int emitted;

    /**
     * A request that is not yet submitted.
     *
     * @param promptTokens at least 1
     * @param promptBlocks a hash of the prompt up to the end of each of its full blocks, see {@link PromptBlocks}
     * @param outputTokens tokens after which it ends, at least 1
     * @param onToken called after each step that gave it a token
     */
    public Sequence(int promptTokens, long[] promptBlocks, int outputTokens, Runnable onToken) {
        Require.atLeast("promptTokens", promptTokens, 1);
        Require.atLeast("outputTokens", outputTokens, 1);
        this.promptTokens = promptTokens;
        this.promptBlocks = promptBlocks;
        this.outputTokens = outputTokens;
        this.onToken = onToken;
    }

    int promptTokens() {
        return promptTokens;
    }

    int outputTokens() {
        return outputTokens;
    }

    long[] promptBlocks() {
        return promptBlocks;
    }

    /** Tokens of the prompt that need not be computed when it first ran. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** Tokens that it has got so far. */
    int emitted() {
        return emitted;
    }

    /** Whether it got its last token. */
    public boolean complete() {
        return emitted == outputTokens;
    }

    /** Tokens that are known: the prompt and what it has got. */
    int known() {
        return promptTokens + emitted;
    }

    /** Tokens whose KV entries are missing: one for a decode, more for a prefill. */
    int missing() {
        return known() - computed;
    }

    /** Whether its next step is a decode: all but its newest token has its KV entries. */
    boolean decodes() {
        return emitted > 0 && missing() == 1;
    }

    int blocks() {
        return ownBlocks + sharedBlocks.size();
    }

    void tell() {
        onToken.run();
    }
}
