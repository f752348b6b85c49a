package dev.llmload.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmload.result.text.JsonFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Hugging Face {@code config.json}: the language model's part of it, also where that is nested. It remembers what it was
 * asked for, so that a key that changes the cost and that nobody asked for is refused. Every error says which field is
 * wrong and what to set instead of a configuration. Confined to one thread.
 */
final class ModelConfig {
    // Python writes Infinity and NaN, which are no JSON.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final String INSTEAD = "; set `parameters` or `flopsPerToken` instead of `config`";

    /** Where the language model lies in a larger one. */
    private static final List<String> NESTS =
            List.of("/text_config", "/llm_config", "/language_config", "/thinker_config/text_config");

    /** Without these a file of its own is not a model's: only a nested part may leave them to the library's class. */
    private static final Set<String> ESSENTIAL = Set.of(
            "hidden_size",
            "intermediate_size",
            "intermediate_size_mlp",
            "num_hidden_layers",
            "num_attention_heads",
            "vocab_size",
            "num_local_experts",
            "num_experts",
            "n_routed_experts",
            "num_experts_per_tok",
            "n_shared_experts",
            "moe_intermediate_size",
            "shared_expert_intermediate_size",
            "first_k_dense_replace",
            "kv_lora_rank",
            "q_lora_rank",
            "qk_nope_head_dim",
            "qk_rope_head_dim",
            "v_head_dim",
            "linear_conv_kernel_dim",
            "linear_key_head_dim",
            "linear_value_head_dim",
            "linear_num_key_heads",
            "linear_num_value_heads");

    /** Keys that change what a model costs. */
    private static final Pattern COSTLY = Pattern.compile(
            "num_(local_|routed_|shared_)?experts|n_(routed|shared)_experts|moe_(num|k|topk|layer|intermediate|shared).*"
                    + "|moe_layers|zero_expert_num|shared_(expert_)?intermediate_size"
                    + "|kv_lora_rank|q_lora_rank|use_mla|index_(topk|n_heads|head_dim)|.*mamba.*|ssm_.*|state_size|lru_.*"
                    + "|linear_(num|key|value|conv|attn).*|lightning.*|attn_type_list|attention_type|attn_module_list"
                    + "|hybrid_.*pattern|layers?_block_types?|block_types?|block_configs|attn_layer_(period|offset|indices)"
                    + "|full_attention_interval|cross_attention_layers|num_kv_shared_layers|hidden_size_per_layer_input"
                    + "|vocab_size_per_layer_input|laurel_rank|altup_.*|attention_chunk_size|attn_output_gate"
                    + "|global_head_dim|num_global_key_value_heads|enable_moe_block|attention_k_eq_v"
                    + "|qk_layernorm|layer_types|use_double_wide_mlp|intermediate_size_mlp|multi_query|new_decoder_architecture");

    private final JsonNode whole;
    private final JsonNode text;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> filled = new LinkedHashSet<>();
    private Map<String, Long> defaults = Map.of();

    private ModelConfig(JsonNode whole) {
        this.whole = whole;
        JsonNode nested = MissingNode.getInstance();
        for (String place : NESTS) {
            nested = nested.isObject() ? nested : whole.at(place);
        }
        this.text = nested.isObject() ? nested : whole;
    }

    static ModelConfig parse(String json) {
        JsonNode node = read(json);
        if (node == null || !node.isObject()) {
            throw new IllegalArgumentException("must be a JSON object such as a Hugging Face config.json" + INSTEAD);
        }
        return new ModelConfig(node);
    }

    /** Reads JSON as these files have it. */
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + JsonFault.words(e.getOriginalMessage()) + " in line "
                    + e.getLocation().getLineNr());
        }
    }

    static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(why + INSTEAD);
    }

    /** The construction; from now on its class's numbers stand in for those that are left out. */
    Family family() {
        Family family = Family.of(architecture());
        defaults = family.defaults();
        return family;
    }

    /** Whether the language model is part of a larger one. */
    boolean partOfMore() {
        return text != whole || whole.path("vision_config").isObject() || whole.has("mm_vision_tower");
    }

    /** The class of the model; of a nested one, its own class or type, or else the class of the whole. */
    String architecture() {
        String outer = whole.path("architectures").path(0).asText("");
        if (text == whole) {
            return outer.isEmpty() ? whole.path("model_type").asText("") : outer;
        }
        String inner = text.path("architectures")
                .path(0)
                .asText(text.path("model_type").asText(""));
        return inner.isEmpty() ? outer : inner;
    }

    /** A number without which there is no cost; under the first of its names that the file has. */
    long required(String... names) {
        String name = Arrays.stream(names)
                .filter(text::hasNonNull)
                .findFirst()
                .orElseGet(() -> Arrays.stream(names)
                        .filter(defaults::containsKey)
                        .findFirst()
                        .orElse(names[0]));
        Optional<Long> found = number(name);
        if (found.isPresent() && found.get() == 0) {
            throw refusal("`" + name + "` must be at least 1, but was 0");
        }
        return found.orElseThrow(() -> lacks(names[0]));
    }

    private IllegalArgumentException lacks(String name) {
        return refusal("lacks `" + name + "`, which the cost of a " + architecture() + " depends on");
    }

    long optional(String name, long fallback) {
        return number(name).orElse(fallback);
    }

    /** A number that must be there, although it may be null or 0, which both mean none. */
    long stated(String name) {
        Optional<Long> found = number(name);
        if (found.isEmpty() && !text.path(name).isNull()) {
            throw lacks(name);
        }
        return found.orElse(0L);
    }

    boolean flag(String name, boolean fallback) {
        asked.add(name);
        JsonNode node = text.path(name);
        return node.isBoolean() ? node.asBoolean() : fallback;
    }

    /** A flag that stands beside the language model's part, as {@code tie_word_embeddings} may. */
    boolean outerFlag(String name, boolean fallback) {
        return flag(name, whole.path(name).isBoolean() ? whole.path(name).asBoolean() : fallback);
    }

    /** The elements of an array; empty if there is no such array. */
    Optional<List<JsonNode>> array(String name) {
        asked.add(name);
        JsonNode node = text.path(name);
        if (!node.isArray()) {
            return Optional.empty();
        }
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        return Optional.of(elements);
    }

    /** Whether an array of whole numbers holds one. */
    boolean contains(String array, long value) {
        return array(array).orElse(List.of()).stream().anyMatch(element -> element.asLong(Long.MIN_VALUE) == value);
    }

    /** The type of its weights: {@code bfloat16}, or empty. */
    String dtype() {
        for (JsonNode node : new JsonNode[] {text, whole}) {
            String type = node.path("torch_dtype").asText(node.path("dtype").asText(""));
            if (!type.isEmpty() && !type.equals("null") && !type.equals("auto")) {
                return type.replaceFirst("^torch\\.", "");
            }
        }
        return "";
    }

    /** How its weights are quantised; a missing node if they are not. */
    JsonNode quantization() {
        for (JsonNode node : new JsonNode[] {text, whole}) {
            for (String name : new String[] {"quantization_config", "compression_config"}) {
                if (node.path(name).isObject() && !node.path(name).isEmpty()) {
                    return node.path(name);
                }
            }
            // MLX's `quantization`, for example: nothing else says that the weights are not what `torch_dtype` says.
            node.properties().forEach(member -> {
                if (member.getKey().contains("quant")
                        && member.getValue().isObject()
                        && !member.getValue().isEmpty()) {
                    throw refusal("holds a quantisation under `" + member.getKey() + "`, whose storage is not known");
                }
            });
        }
        return MissingNode.getInstance();
    }

    /** Numbers that the file leaves out and that were taken from the library's class, as far as they are essential. */
    Set<String> filled() {
        return filled;
    }

    /**
     * Refuses a file with a key that changes the cost and that was not asked for.
     *
     * @throws IllegalArgumentException that names it
     */
    void refuseTheRest() {
        text.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name) && COSTLY.matcher(name).matches() && says(text.path(name))) {
                throw refusal("holds `" + name + "`, which changes the cost of a model and is not known of a "
                        + architecture());
            }
        });
    }

    private static boolean says(JsonNode value) {
        return !(value.isNull()
                || value.isBoolean() && !value.asBoolean()
                || value.isNumber() && value.asDouble() == 0
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.asText().isEmpty());
    }

    private Optional<Long> number(String name) {
        asked.add(name);
        JsonNode node = text.path(name);
        if (node.isNull()) {
            return Optional.empty();
        }
        if (node.isMissingNode()) {
            Optional<Long> fallback = Optional.ofNullable(defaults.get(name));
            boolean mayFill = text != whole || !ESSENTIAL.contains(name);
            if (fallback.isPresent() && mayFill && (ESSENTIAL.contains(name) || name.equals("num_key_value_heads"))) {
                filled.add(name + " " + fallback.get());
            }
            return mayFill ? fallback : Optional.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw refusal("`" + name + "` must be a whole number, but was " + node);
        }
        if (node.asLong() > Integer.MAX_VALUE) {
            throw refusal("`" + name + "` must be a size that a model has, but was " + node);
        }
        return Optional.of(node.asLong());
    }
}
