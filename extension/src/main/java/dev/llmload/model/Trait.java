package dev.llmload.model;

/** In what a family's construction differs from Llama's: two norms a layer, three matrices a block, no bias. */
enum Trait {
    /** Input and output embeddings are one matrix where the configuration does not say. */
    TIED,
    /** Attention and feed-forward in parallel, behind one norm. */
    ONE_NORM,
    /** Norms before and after attention and feed-forward. */
    FOUR_NORMS,
    /** Norms have a bias. */
    NORM_BIAS,
    /** A feed-forward block of two matrices, without a gate. */
    NO_GATE,
    /** Query, key and value have a bias whatever the configuration says. */
    QKV_BIAS,
    /** The same unless {@code qkv_bias} says no. */
    QKV_BIAS_KEY,
    /** So has the attention's output. */
    OUTPUT_BIAS,
    /** The attention's output has none, even with {@code attention_bias}. */
    NO_OUTPUT_BIAS,
    /** {@code attention_bias} is true where the configuration does not say. */
    ATTENTION_BIAS_BY_DEFAULT,
    /** The feed-forward blocks have a bias. */
    MLP_BIAS,
    /** So has the output head. */
    HEAD_BIAS,
    /** Norms of queries and keys, one head wide. */
    HEAD_NORMS,
    /** The same where {@code use_qk_norm} says so. */
    HEAD_NORMS_BY_KEY,
    /** Norms of queries and keys, all heads wide. */
    WIDE_NORMS,
    /** The same where {@code use_qk_norm} says so. */
    WIDE_NORMS_BY_KEY,
    /** A number per head that takes attention from all positions. */
    SINKS,
    /** The query projection makes a gate of the same size. */
    GATED_QUERY,
    /** Keys and values are kept as one latent vector (MLA). */
    LATENT,
    /** {@code sliding_window} counts only with {@code use_sliding_window}, in the layers from {@code max_window_layers} on. */
    WINDOW_BY_KEY,
    /** Windows and full attention alternate: every sixth, fourth or second layer is full. */
    FULL_EVERY_6TH,
    /** See above. */
    FULL_EVERY_4TH,
    /** See above. */
    FULL_EVERY_2ND,
    /** Chunks, but for the layers that have no positions. */
    CHUNKS,
    /** Layers without keys and values, but for every fourth. */
    LINEAR_LAYERS,
    /** Every feed-forward block is a mixture of experts. */
    EXPERTS_EVERYWHERE,
    /** Every {@code decoder_sparse_step}-th is one, unless {@code mlp_only_layers} lists it. */
    EXPERTS_BY_STEP,
    /** All from {@code first_k_dense_replace} on are, every {@code moe_layer_freq}-th. */
    EXPERTS_AFTER_DENSE,
    /** Every {@code interleave_moe_layer_step}-th is, or those that {@code moe_layers} lists. */
    EXPERTS_INTERLEAVED,
    /** One more expert that every token uses, with a gate. */
    SHARED_GATED,
    /** {@code n_shared_experts} that every token uses. */
    SHARED_BY_COUNT,
    /** One that every token uses, of the size of the others. */
    SHARED_ONE,
    /** The router adds a learnt number per expert. */
    ROUTER_CORRECTION,
    /** Router and experts have biases. */
    EXPERT_BIAS
}
