package dev.llmload.model;

/** Configurations of published models, written from public facts: only the fields that the cost depends on. */
final class Configs {
    static final String LLAMA_3_8B = llama(4096, 14336, 32, 32, 8, 128256, "\"tie_word_embeddings\": false");
    static final String LLAMA_3_1_70B = llama(8192, 28672, 80, 64, 8, 128256, "\"tie_word_embeddings\": false");
    static final String LLAMA_3_1_405B = llama(16384, 53248, 126, 128, 8, 128256, "\"tie_word_embeddings\": false");
    static final String LLAMA_3_2_1B =
            llama(2048, 8192, 16, 32, 8, 128256, "\"head_dim\": 64, \"tie_word_embeddings\": true");
    static final String MISTRAL_7B =
            of("MistralForCausalLM", 4096, 14336, 32, 32, 8, 32000, "\"sliding_window\": 4096");
    static final String MISTRAL_7B_V03 =
            of("MistralForCausalLM", 4096, 14336, 32, 32, 8, 32768, "\"sliding_window\": null");
    static final String MIXTRAL_8X7B = of(
            "MixtralForCausalLM",
            4096,
            14336,
            32,
            32,
            8,
            32000,
            "\"num_local_experts\": 8, \"num_experts_per_tok\": 2");
    static final String QWEN2_5_7B = of(
            "Qwen2ForCausalLM",
            3584,
            18944,
            28,
            28,
            4,
            152064,
            "\"use_sliding_window\": false, \"sliding_window\": 131072, \"tie_word_embeddings\": false");
    static final String QWEN1_5_MOE = of(
            "Qwen2MoeForCausalLM",
            2048,
            5632,
            24,
            16,
            16,
            151936,
            "\"num_experts\": 60, \"num_experts_per_tok\": 4, \"moe_intermediate_size\": 1408,"
                    + " \"shared_expert_intermediate_size\": 5632, \"decoder_sparse_step\": 1");
    static final String QWEN3_8B = of(
            "Qwen3ForCausalLM",
            4096,
            12288,
            36,
            32,
            8,
            151936,
            "\"head_dim\": 128, \"attention_bias\": false, \"tie_word_embeddings\": false");
    static final String QWEN3_30B_A3B = of(
            "Qwen3MoeForCausalLM",
            2048,
            6144,
            48,
            32,
            4,
            151936,
            "\"head_dim\": 128, \"num_experts\": 128, \"num_experts_per_tok\": 8, \"moe_intermediate_size\": 768,"
                    + " \"decoder_sparse_step\": 1, \"mlp_only_layers\": [], \"tie_word_embeddings\": false");
    static final String GEMMA_2_9B =
            of("Gemma2ForCausalLM", 3584, 14336, 42, 16, 8, 256000, "\"head_dim\": 256, \"sliding_window\": 4096");
    static final String GEMMA_3_1B = of(
            "Gemma3ForCausalLM",
            1152,
            6912,
            26,
            4,
            1,
            262144,
            "\"head_dim\": 256, \"sliding_window\": 512, \"sliding_window_pattern\": 6");
    static final String PHI_2 = of("PhiForCausalLM", 2560, 10240, 32, 32, 32, 51200, "\"tie_word_embeddings\": false");
    static final String PHI_3_MINI = of("Phi3ForCausalLM", 3072, 8192, 32, 32, 32, 32064, "\"sliding_window\": 2047");
    static final String PHI_3_5_MOE = of(
            "PhiMoEForCausalLM",
            4096,
            6400,
            32,
            32,
            8,
            32064,
            "\"num_local_experts\": 16, \"num_experts_per_tok\": 2, \"attention_bias\": true, \"lm_head_bias\": true");

    private Configs() {}

    private static String llama(int width, int forward, int layers, int heads, int keyHeads, int words, String more) {
        return of("LlamaForCausalLM", width, forward, layers, heads, keyHeads, words, more);
    }

    static String of(
            String architecture, int width, int forward, int layers, int heads, int keyHeads, int words, String more) {
        return """
                {"architectures": ["%s"], "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "num_key_value_heads": %d, "vocab_size": %d, "torch_dtype": "bfloat16", %s}
                """.formatted(architecture, width, forward, layers, heads, keyHeads, words, more);
    }
}
