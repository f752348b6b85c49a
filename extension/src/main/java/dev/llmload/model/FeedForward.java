package dev.llmload.model;

/**
 * The weights of all feed-forward blocks.
 *
 * @param weights of all matrices, routers included
 * @param activeWeights of those that take part in a token
 * @param idleExpertWeights of the experts that a token does not choose
 * @param biases that are no matrix
 * @param expertWeights of all experts, without those that every token uses
 * @param expertCount per layer
 * @param perToken experts chosen for each token
 */
record FeedForward(
        long weights,
        long activeWeights,
        long idleExpertWeights,
        long biases,
        long expertWeights,
        int expertCount,
        int perToken) {

    static FeedForward of(ModelConfig config, Family family, long width, int layers) {
        long dense = family.mlpMatrices() * width * config.required("intermediate_size");
        long bias =
                family.mlpBias(config) ? (family.mlpMatrices() - 1) * config.required("intermediate_size") + width : 0;
        if (!family.mixture()) {
            return new FeedForward(layers * dense, layers * dense, 0, layers * bias, 0, 0, 0);
        }
        int count = Math.toIntExact(config.required("num_local_experts", "num_experts"));
        int perToken = Math.toIntExact(config.required("num_experts_per_tok"));
        if (perToken < 1 || perToken > count) {
            throw ModelConfig.refusal(
                    "`num_experts_per_tok` must be from 1 to the " + count + " experts, but was " + perToken);
        }
        long one = family.mlpMatrices()
                * width
                * config.optional("moe_intermediate_size", config.required("intermediate_size"));
        long shared = family == Family.QWEN2_MOE
                ? family.mlpMatrices() * width * config.required("shared_expert_intermediate_size") + width
                : 0;
        int sparse = sparseLayers(config, family, layers);
        long always = sparse * (width * count + shared) + (layers - sparse) * dense;
        return new FeedForward(
                always + sparse * count * one,
                always + sparse * perToken * one,
                sparse * (count - perToken) * one,
                0,
                sparse * count * one,
                count,
                perToken);
    }

    // Qwen: every decoder_sparse_step-th layer, unless it is listed as an ordinary one.
    private static int sparseLayers(ModelConfig config, Family family, int layers) {
        if (family != Family.QWEN2_MOE && family != Family.QWEN3_MOE) {
            return layers;
        }
        long step = Math.max(1, config.optional("decoder_sparse_step", 1));
        int sparse = 0;
        for (int layer = 0; layer < layers; layer++) {
            sparse += (layer + 1) % step == 0 && !config.contains("mlp_only_layers", layer) ? 1 : 0;
        }
        return sparse;
    }

    Shape.Experts experts(double bytesPerWeight) {
        return expertCount == 0
                ? Shape.Experts.NONE
                : new Shape.Experts(expertCount, perToken, bytesPerWeight * expertWeights);
    }
}
