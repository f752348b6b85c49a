package dev.llmload.model;

/**
 * Weights of a checkpoint, as far as cost and storage tell them apart.
 *
 * @param module the name that quantisation lists know it by: {@code model.layers.0.self_attn.q_proj}
 * @param part what it takes part in
 * @param weights how many; of all experts together where it is one expert's name
 */
record Tensor(String module, Part part, long weights) {
    /** What weights are for. */
    enum Part {
        /** A look-up: costs nothing. */
        EMBEDDING,
        /** The output head, once for each token that is sampled. */
        HEAD,
        /** A matrix product of every token. */
        MATRIX,
        /** The same, too small to be quantised: what chooses the experts. */
        ROUTER,
        /** Matrix products of the experts, of which a token chooses some. */
        EXPERTS,
        /** Biases of the experts. */
        EXPERT_BIASES,
        /** Norms, biases and the like: no matrix product. */
        SMALL
    }

    boolean ofExperts() {
        return part == Part.EXPERTS || part == Part.EXPERT_BIASES;
    }

    boolean multiplies() {
        return part == Part.MATRIX || part == Part.ROUTER || part == Part.EXPERTS;
    }
}
