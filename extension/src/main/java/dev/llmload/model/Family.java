package dev.llmload.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Architectures of one construction. The differences are those that a parameter count shows. */
enum Family {
    LLAMA(Set.of("LlamaForCausalLM", "llama"), 2, 3),
    MISTRAL(Set.of("MistralForCausalLM", "mistral", "ministral"), 2, 3),
    MIXTRAL(Set.of("MixtralForCausalLM", "mixtral"), 2, 3),
    QWEN2(Set.of("Qwen2ForCausalLM", "qwen2", "qwen2_vl_text", "qwen2_5_vl_text"), 2, 3),
    QWEN3(Set.of("Qwen3ForCausalLM", "qwen3", "qwen3_vl_text"), 2, 3),
    QWEN2_MOE(Set.of("Qwen2MoeForCausalLM", "qwen2_moe"), 2, 3),
    QWEN3_MOE(Set.of("Qwen3MoeForCausalLM", "qwen3_moe", "qwen3_vl_moe_text"), 2, 3),
    GEMMA(Set.of("GemmaForCausalLM", "gemma"), 2, 3),
    GEMMA2(Set.of("Gemma2ForCausalLM", "gemma2"), 4, 3),
    GEMMA3(Set.of("Gemma3ForCausalLM", "gemma3_text"), 4, 3),
    PHI(Set.of("PhiForCausalLM", "phi"), 1, 2),
    PHI3(Set.of("Phi3ForCausalLM", "phi3"), 2, 3),
    PHI_MOE(Set.of("PhiMoEForCausalLM", "phimoe"), 2, 3);

    private final Set<String> names;
    private final int normsPerLayer;
    private final int mlpMatrices;

    Family(Set<String> names, int normsPerLayer, int mlpMatrices) {
        this.names = names;
        this.normsPerLayer = normsPerLayer;
        this.mlpMatrices = mlpMatrices;
    }

    static Family of(ModelConfig config) {
        String name = config.architecture();
        Optional<Family> known = Arrays.stream(values())
                .filter(family -> family.names.contains(name))
                .findFirst();
        return known.orElseThrow(() -> ModelConfig.refusal(
                name.isEmpty()
                        ? "lacks `architectures`, so that the model's cost is not known"
                        : "holds the architecture `" + name + "`, whose cost is not known; known are Llama, Mistral, "
                                + "Mixtral, Qwen2 and Qwen3 (dense and mixture of experts), Gemma 1 to 3, Phi, Phi-3 "
                                + "and Phi-3.5-MoE"));
    }

    int normsPerLayer() {
        return normsPerLayer;
    }

    /** Matrices of a feed-forward block: gate, up, down, or up and down. */
    int mlpMatrices() {
        return mlpMatrices;
    }

    /** Whether the input and output embeddings are one matrix where the configuration does not say. */
    boolean tiedByDefault() {
        return this == GEMMA || this == GEMMA2 || this == GEMMA3;
    }

    /** LayerNorm has a bias, RMSNorm has none. */
    boolean normsHaveBias() {
        return this == PHI || this == PHI_MOE;
    }

    /** Biases of query, key and value that the configuration need not mention. */
    boolean qkvBias(ModelConfig config) {
        return this == QWEN2
                || this == QWEN2_MOE && config.flag("qkv_bias", true)
                || this == PHI
                || attentionBias(config);
    }

    boolean outputBias(ModelConfig config) {
        return this == PHI || attentionBias(config);
    }

    private boolean attentionBias(ModelConfig config) {
        return config.flag("attention_bias", false);
    }

    boolean mlpBias(ModelConfig config) {
        return this == PHI || config.flag("mlp_bias", false);
    }

    boolean headBias(ModelConfig config) {
        return this == PHI || config.flag("lm_head_bias", false);
    }

    /** Norms of queries and keys, one head wide. */
    boolean queryKeyNorms() {
        return this == QWEN3 || this == QWEN3_MOE || this == GEMMA3;
    }

    boolean mixture() {
        return this == MIXTRAL || this == QWEN2_MOE || this == QWEN3_MOE || this == PHI_MOE;
    }

    /** Layers with a sliding window. */
    Shape.SlidingWindow window(ModelConfig config, int layers) {
        long tokens = config.optional("sliding_window", 0);
        boolean off = (this == QWEN2 || this == QWEN3 || this == QWEN2_MOE || this == QWEN3_MOE)
                && !config.flag("use_sliding_window", false);
        if (tokens == 0 || off) {
            return Shape.SlidingWindow.NONE;
        }
        int declared = config.count("layer_types", "sliding_attention");
        int windowed = declared >= 0
                ? declared
                : switch (this) {
                    case GEMMA2 -> (layers + 1) / 2;
                    case GEMMA3 -> layers - layers / (int) config.optional("sliding_window_pattern", 6);
                    case QWEN2, QWEN3, QWEN2_MOE, QWEN3_MOE ->
                        (int) Math.max(0, layers - config.optional("max_window_layers", layers));
                    default -> layers;
                };
        return new Shape.SlidingWindow(windowed, tokens);
    }
}
