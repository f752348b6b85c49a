package dev.llmload.model;

import static dev.llmload.model.Trait.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Architectures of one construction. The differences are those that a parameter count shows; the numbers are those that
 * the library's configuration class takes where a file leaves them out.
 */
enum Family {
    LLAMA(
            "Llama 1 to 3",
            "LlamaForCausalLM llama LlavaLlamaForCausalLM LlavaForConditionalGeneration",
            "hidden_size=4096 intermediate_size=11008 num_hidden_layers=32 num_attention_heads=32 vocab_size=32000"),
    LLAMA4(
            "Llama 4 (text)",
            "Llama4ForCausalLM llama4_text Llama4ForConditionalGeneration",
            "hidden_size=5120 intermediate_size=8192 intermediate_size_mlp=16384 num_hidden_layers=48"
                    + " num_attention_heads=40 num_key_value_heads=8 head_dim=128 vocab_size=202048 num_local_experts=16"
                    + " num_experts_per_tok=1 interleave_moe_layer_step=1 no_rope_layer_interval=4"
                    + " attention_chunk_size=8192",
            CHUNKS,
            EXPERTS_INTERLEAVED,
            SHARED_ONE),
    MISTRAL(
            "Mistral, Mistral Small",
            "MistralForCausalLM mistral ministral MinistralForCausalLM Mistral3ForConditionalGeneration",
            "hidden_size=4096 intermediate_size=14336 num_hidden_layers=32 num_attention_heads=32"
                    + " num_key_value_heads=8 vocab_size=32000 sliding_window=4096"),
    MINISTRAL3(
            "Ministral 3",
            "Ministral3ForCausalLM ministral3",
            "hidden_size=4096 intermediate_size=14336 num_hidden_layers=34 num_attention_heads=32"
                    + " num_key_value_heads=8 head_dim=128 vocab_size=131072"),
    MIXTRAL(
            "Mixtral",
            "MixtralForCausalLM mixtral",
            "hidden_size=4096 intermediate_size=14336 num_hidden_layers=32 num_attention_heads=32"
                    + " num_key_value_heads=8 vocab_size=32000 num_local_experts=8 num_experts_per_tok=2",
            EXPERTS_EVERYWHERE),
    QWEN2(
            "Qwen 1.5 to 2.5",
            "Qwen2ForCausalLM qwen2",
            "hidden_size=4096 intermediate_size=22016 num_hidden_layers=32 num_attention_heads=32"
                    + " num_key_value_heads=32 vocab_size=151936 sliding_window=4096 max_window_layers=28",
            QKV_BIAS,
            WINDOW_BY_KEY),
    QWEN2_VL(
            "Qwen2-VL, Qwen2.5-VL (text)",
            "qwen2_vl_text qwen2_5_vl_text Qwen2VLForConditionalGeneration Qwen2_5_VLForConditionalGeneration",
            "hidden_size=8192 intermediate_size=29568 num_hidden_layers=80 num_attention_heads=64"
                    + " num_key_value_heads=8 vocab_size=152064 sliding_window=4096 max_window_layers=80",
            QKV_BIAS,
            WINDOW_BY_KEY),
    QWEN2_MOE(
            "Qwen 1.5 and 2, mixture of experts",
            "Qwen2MoeForCausalLM qwen2_moe",
            "hidden_size=2048 intermediate_size=5632 num_hidden_layers=24 num_attention_heads=16"
                    + " num_key_value_heads=16 vocab_size=151936 sliding_window=4096 max_window_layers=28"
                    + " decoder_sparse_step=1 moe_intermediate_size=1408 shared_expert_intermediate_size=5632"
                    + " num_experts_per_tok=4 num_experts=60",
            QKV_BIAS_KEY,
            WINDOW_BY_KEY,
            EXPERTS_BY_STEP,
            SHARED_GATED),
    QWEN3(
            "Qwen3",
            "Qwen3ForCausalLM qwen3 qwen3_vl_text Qwen3VLForConditionalGeneration",
            "hidden_size=4096 intermediate_size=22016 num_hidden_layers=32 num_attention_heads=32"
                    + " num_key_value_heads=32 head_dim=128 vocab_size=151936 sliding_window=4096 max_window_layers=28",
            HEAD_NORMS,
            WINDOW_BY_KEY),
    QWEN3_MOE(
            "Qwen3, mixture of experts",
            "Qwen3MoeForCausalLM qwen3_moe",
            "hidden_size=2048 intermediate_size=6144 num_hidden_layers=24 num_attention_heads=32"
                    + " num_key_value_heads=4 vocab_size=151936 sliding_window=4096 max_window_layers=28"
                    + " decoder_sparse_step=1 moe_intermediate_size=768 num_experts_per_tok=8 num_experts=128",
            HEAD_NORMS,
            WINDOW_BY_KEY,
            EXPERTS_BY_STEP),
    QWEN3_VL_MOE(
            "Qwen3-VL, mixture of experts (text)",
            "qwen3_vl_moe_text Qwen3VLMoeForConditionalGeneration",
            "hidden_size=2048 intermediate_size=5632 num_hidden_layers=24 num_attention_heads=16"
                    + " num_key_value_heads=16 vocab_size=151936 decoder_sparse_step=1 moe_intermediate_size=1408"
                    + " num_experts_per_tok=4 num_experts=60",
            HEAD_NORMS,
            WINDOW_BY_KEY,
            EXPERTS_BY_STEP),
    QWEN3_NEXT(
            "Qwen3-Next",
            "Qwen3NextForCausalLM qwen3_next",
            "hidden_size=2048 intermediate_size=5632 num_hidden_layers=48 num_attention_heads=16"
                    + " num_key_value_heads=2 head_dim=256 vocab_size=151936 decoder_sparse_step=1"
                    + " moe_intermediate_size=512 shared_expert_intermediate_size=512 num_experts_per_tok=10"
                    + " num_experts=512 full_attention_interval=4 linear_conv_kernel_dim=4 linear_key_head_dim=128"
                    + " linear_value_head_dim=128 linear_num_key_heads=16 linear_num_value_heads=32",
            HEAD_NORMS,
            GATED_QUERY,
            LINEAR_LAYERS,
            EXPERTS_BY_STEP,
            SHARED_GATED),
    GEMMA(
            "Gemma 1",
            "GemmaForCausalLM gemma",
            "hidden_size=3072 intermediate_size=24576 num_hidden_layers=28 num_attention_heads=16"
                    + " num_key_value_heads=16 head_dim=256 vocab_size=256000",
            TIED),
    GEMMA2(
            "Gemma 2",
            "Gemma2ForCausalLM gemma2",
            "hidden_size=2304 intermediate_size=9216 num_hidden_layers=26 num_attention_heads=8"
                    + " num_key_value_heads=4 head_dim=256 vocab_size=256000 sliding_window=4096",
            TIED,
            FOUR_NORMS,
            FULL_EVERY_2ND),
    GEMMA3(
            "Gemma 3",
            "Gemma3ForCausalLM gemma3_text Gemma3ForConditionalGeneration",
            "hidden_size=2304 intermediate_size=9216 num_hidden_layers=26 num_attention_heads=8"
                    + " num_key_value_heads=4 head_dim=256 vocab_size=262208 sliding_window=4096",
            TIED,
            FOUR_NORMS,
            HEAD_NORMS,
            FULL_EVERY_6TH),
    GPT_OSS(
            "gpt-oss",
            "GptOssForCausalLM gpt_oss",
            "hidden_size=2880 intermediate_size=2880 num_hidden_layers=36 num_attention_heads=64"
                    + " num_key_value_heads=8 head_dim=64 vocab_size=201088 sliding_window=128 num_local_experts=128"
                    + " num_experts_per_tok=4",
            ATTENTION_BIAS_BY_DEFAULT,
            SINKS,
            FULL_EVERY_2ND,
            EXPERTS_EVERYWHERE,
            EXPERT_BIAS),
    DEEPSEEK_V2(
            "DeepSeek-V2",
            "DeepseekV2ForCausalLM deepseek_v2",
            "kv_lora_rank=512 q_lora_rank=1536 qk_nope_head_dim=128 qk_rope_head_dim=64 v_head_dim=128",
            LATENT,
            EXPERTS_AFTER_DENSE,
            SHARED_BY_COUNT),
    DEEPSEEK_V3(
            "DeepSeek-V3, R1; Kimi K2",
            "DeepseekV3ForCausalLM deepseek_v3 kimi_k2",
            "hidden_size=7168 intermediate_size=18432 moe_intermediate_size=2048 num_hidden_layers=61"
                    + " num_attention_heads=128 vocab_size=129280 n_shared_experts=1 n_routed_experts=256"
                    + " kv_lora_rank=512 q_lora_rank=1536 qk_nope_head_dim=128 qk_rope_head_dim=64 v_head_dim=128"
                    + " num_experts_per_tok=8 first_k_dense_replace=3",
            LATENT,
            EXPERTS_AFTER_DENSE,
            SHARED_BY_COUNT,
            ROUTER_CORRECTION),
    GLM(
            "GLM-4 (9b-hf), GLM-Edge",
            "GlmForCausalLM glm",
            "hidden_size=4096 intermediate_size=13696 num_hidden_layers=40 num_attention_heads=32"
                    + " num_key_value_heads=2 head_dim=128 vocab_size=151552",
            ATTENTION_BIAS_BY_DEFAULT,
            NO_OUTPUT_BIAS),
    GLM4(
            "GLM-4-0414",
            "Glm4ForCausalLM glm4",
            "hidden_size=4096 intermediate_size=13696 num_hidden_layers=40 num_attention_heads=32"
                    + " num_key_value_heads=2 head_dim=128 vocab_size=151552",
            ATTENTION_BIAS_BY_DEFAULT,
            NO_OUTPUT_BIAS,
            FOUR_NORMS),
    GLM4_MOE(
            "GLM-4.5, 4.6",
            "Glm4MoeForCausalLM glm4_moe",
            "num_key_value_heads=8",
            NO_OUTPUT_BIAS,
            HEAD_NORMS_BY_KEY,
            EXPERTS_AFTER_DENSE,
            SHARED_BY_COUNT,
            ROUTER_CORRECTION),
    GRANITE(
            "Granite 3",
            "GraniteForCausalLM granite",
            "hidden_size=4096 intermediate_size=11008 num_hidden_layers=32 num_attention_heads=32 vocab_size=32000"),
    GRANITE_MOE(
            "Granite 3, mixture of experts",
            "GraniteMoeForCausalLM granitemoe",
            "hidden_size=4096 intermediate_size=11008 num_hidden_layers=32 num_attention_heads=32 vocab_size=32000"
                    + " num_local_experts=8 num_experts_per_tok=2",
            EXPERTS_EVERYWHERE),
    OLMO2(
            "OLMo 2",
            "Olmo2ForCausalLM olmo2",
            "hidden_size=4096 intermediate_size=11008 num_hidden_layers=32 num_attention_heads=32 vocab_size=50304",
            WIDE_NORMS),
    OLMO3(
            "OLMo 3",
            "Olmo3ForCausalLM olmo3",
            "hidden_size=4096 intermediate_size=11008 num_hidden_layers=32 num_attention_heads=32 vocab_size=50304"
                    + " sliding_window=4096",
            WIDE_NORMS,
            FULL_EVERY_4TH),
    COHERE(
            "Command-R",
            "CohereForCausalLM cohere",
            "hidden_size=8192 intermediate_size=22528 num_hidden_layers=40 num_attention_heads=64 vocab_size=256000",
            TIED,
            ONE_NORM,
            WIDE_NORMS_BY_KEY),
    COHERE2(
            "Command-R7B, Command A",
            "Cohere2ForCausalLM cohere2",
            "hidden_size=8192 intermediate_size=22528 num_hidden_layers=40 num_attention_heads=64 vocab_size=256000"
                    + " sliding_window=4096",
            TIED,
            ONE_NORM,
            FULL_EVERY_4TH),
    PHI(
            "Phi 1 and 2",
            "PhiForCausalLM phi",
            "hidden_size=2048 intermediate_size=8192 num_hidden_layers=24 num_attention_heads=32 vocab_size=51200",
            ONE_NORM,
            NORM_BIAS,
            NO_GATE,
            QKV_BIAS,
            OUTPUT_BIAS,
            MLP_BIAS,
            HEAD_BIAS),
    PHI3(
            "Phi-3, Phi-4",
            "Phi3ForCausalLM phi3 Phi3VForCausalLM",
            "hidden_size=3072 intermediate_size=8192 num_hidden_layers=32 num_attention_heads=32 vocab_size=32064"),
    PHI_MOE(
            "Phi-3.5-MoE",
            "PhiMoEForCausalLM PhimoeForCausalLM phimoe",
            "hidden_size=4096 intermediate_size=6400 num_hidden_layers=32 num_attention_heads=32"
                    + " num_key_value_heads=8 vocab_size=32064 num_local_experts=16 num_experts_per_tok=2",
            NORM_BIAS,
            EXPERTS_EVERYWHERE);

    private final String label;
    private final List<String> names;
    private final Map<String, Long> defaults;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    Family(String label, String names, String defaults, Trait... traits) {
        this.label = label;
        this.names = List.of(names.split(" "));
        this.defaults = new LinkedHashMap<>();
        for (String pair : defaults.isEmpty() ? new String[0] : defaults.split(" ")) {
            this.defaults.put(pair.split("=")[0], Long.valueOf(pair.split("=")[1]));
        }
        this.traits.addAll(List.of(traits));
    }

    static Family of(String architecture) {
        Optional<Family> known = Arrays.stream(values())
                .filter(family -> family.names.contains(architecture))
                .findFirst();
        return known.orElseThrow(() -> ModelConfig.refusal(
                architecture.isEmpty()
                        ? "lacks `architectures`, so that the model's cost is not known"
                        : "holds the architecture `" + architecture + "`, whose cost is not known; known are "
                                + Arrays.stream(values())
                                        .map(family -> family.label)
                                        .collect(Collectors.joining("; "))));
    }

    /** What people call it. */
    String label() {
        return label;
    }

    /** Classes and types of it in configurations. */
    List<String> names() {
        return names;
    }

    /** What the library's class takes for a number that a configuration leaves out; those that are there. */
    Map<String, Long> defaults() {
        return defaults;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether its feed-forward blocks are mixtures of experts. */
    boolean mixture() {
        return has(EXPERTS_EVERYWHERE) || has(EXPERTS_BY_STEP) || has(EXPERTS_AFTER_DENSE) || has(EXPERTS_INTERLEAVED);
    }
}
