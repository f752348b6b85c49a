package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What serving a model costs. Forward passes only; embeddings are look-ups and cost nothing; drafts of speculative decoding
 * are not counted. Immutable, safe for use by any thread.
 */
public interface ModelCost {
    /**
     * Work until the first token.
     *
     * @param prompt prompt tokens P, at least 0
     * @param cached of those, the ones from a cache C, at most P
     * @return FLOPs
     */
    double prefillFlops(long prompt, long cached);

    /**
     * Work from the first token to the last.
     *
     * @param prompt prompt tokens P
     * @param output output tokens O, at least 1
     * @return FLOPs
     */
    double decodeFlops(long prompt, long output);

    /**
     * Work of a whole request.
     *
     * @param prompt prompt tokens P
     * @param cached of those, the ones from a cache C
     * @param output output tokens O, at least 1
     * @return FLOPs
     */
    default double flops(long prompt, long cached, long output) {
        return prefillFlops(prompt, cached) + decodeFlops(prompt, output);
    }

    /** Parameters that take part in a token, the N of {@code decode_mfu}; empty if only FLOPs per token are known. */
    OptionalDouble activeParameters();

    /**
     * What one decoding step reads from memory.
     *
     * @param batch mean number of sequences in it, above 0
     * @param contextTokens sum of their contexts, in tokens
     * @return bytes; empty if the model's shape is not known
     */
    OptionalDouble stepBytes(double batch, double contextTokens);

    /** The format that {@link ComputeType#AUTO} stands for, or AUTO if the model does not say. */
    ComputeType computeType();

    /** What a reader should know of this cost, a sentence each. */
    List<String> notes();
}
