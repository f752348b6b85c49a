package dev.llmload.model;

import dev.llmload.model.Tensor.Part;
import java.util.Optional;

/** Adds the attention of each layer: ordinary, latent (MLA), or a gated delta rule in its place. */
final class AttentionBlocks {
    private final ModelConfig config;
    private final Family family;
    private final Blueprint blueprint;
    private final long width;
    private final long queries;
    private final Reaches reaches;

    AttentionBlocks(ModelConfig config, Family family, Blueprint blueprint, long width, int layers) {
        this.config = config;
        this.family = family;
        this.blueprint = blueprint;
        this.width = width;
        this.queries = config.required("num_attention_heads");
        this.reaches = new Reaches(config, family, layers);
    }

    void add(int layer) {
        Optional<Reach> reach = reaches.of(layer);
        String prefix = "model.layers." + layer;
        if (reach.isEmpty()) {
            recurrent(prefix + ".linear_attn.");
        } else if (family.has(Trait.LATENT)) {
            latent(prefix + ".self_attn.", reach.get());
        } else {
            ordinary(prefix + ".self_attn.", reach.get());
        }
    }

    private void ordinary(String prefix, Reach reach) {
        long head = headSize();
        long keys = config.optional("num_key_value_heads", queries);
        if (keys == 0 || queries % keys != 0) {
            throw ModelConfig.refusal(
                    "`num_key_value_heads` must divide the " + queries + " of `num_attention_heads`, but was " + keys);
        }
        long queryWidth = queries * head;
        long keyWidth = keys * head;
        boolean declared = config.flag("attention_bias", family.has(Trait.ATTENTION_BIAS_BY_DEFAULT));
        boolean bias = declared
                || family.has(Trait.QKV_BIAS)
                || family.has(Trait.QKV_BIAS_KEY) && config.flag("qkv_bias", true);
        boolean outputBias = declared && !family.has(Trait.NO_OUTPUT_BIAS) || family.has(Trait.OUTPUT_BIAS);
        blueprint.linear(prefix + "q_proj", width, family.has(Trait.GATED_QUERY) ? 2 * queryWidth : queryWidth, bias);
        blueprint.linear(prefix + "k_proj", width, keyWidth, bias);
        blueprint.linear(prefix + "v_proj", width, keyWidth, bias);
        blueprint.linear(prefix + "o_proj", queryWidth, width, outputBias);
        boolean byKey = (family.has(Trait.HEAD_NORMS_BY_KEY) || family.has(Trait.WIDE_NORMS_BY_KEY))
                && config.flag("use_qk_norm", false);
        if (family.has(Trait.HEAD_NORMS) || byKey && family.has(Trait.HEAD_NORMS_BY_KEY)) {
            blueprint.add(prefix + "qk_norm", Part.SMALL, 2 * head);
        }
        if (family.has(Trait.WIDE_NORMS) || byKey && family.has(Trait.WIDE_NORMS_BY_KEY)) {
            blueprint.add(prefix + "qk_norm", Part.SMALL, queryWidth + keyWidth);
        }
        if (family.has(Trait.SINKS)) {
            blueprint.add(prefix + "sinks", Part.SMALL, queries);
        }
        blueprint.attends(new Attention(reach, Math.multiplyExact(4, queryWidth), 2 * keyWidth));
    }

    private long headSize() {
        long declared = config.optional("head_dim", 0);
        if (declared == 0 && width % queries != 0) {
            throw ModelConfig.refusal("lacks `head_dim`, and `hidden_size` " + width
                    + " is no multiple of `num_attention_heads` " + queries);
        }
        return declared == 0 ? width / queries : declared;
    }

    private void latent(String prefix, Reach reach) {
        long rank = config.required("kv_lora_rank");
        long queryRank = config.stated("q_lora_rank");
        long rope = config.required("qk_rope_head_dim");
        long plain = config.required("qk_nope_head_dim");
        long value = config.required("v_head_dim");
        boolean bias = config.flag("attention_bias", false);
        if (!config.flag("use_mla", true)) {
            throw ModelConfig.refusal("says `use_mla` false, and the cost of a " + config.architecture()
                    + " without latent attention is not known");
        }
        if (queryRank == 0) {
            blueprint.linear(prefix + "q_proj", width, queries * (plain + rope), false);
        } else {
            blueprint.linear(prefix + "q_a_proj", width, queryRank, bias);
            blueprint.add(prefix + "q_a_layernorm", Part.SMALL, queryRank);
            blueprint.linear(prefix + "q_b_proj", queryRank, queries * (plain + rope), false);
        }
        blueprint.linear(prefix + "kv_a_proj_with_mqa", width, rank + rope, bias);
        blueprint.add(prefix + "kv_a_layernorm", Part.SMALL, rank);
        blueprint.linear(prefix + "kv_b_proj", rank, queries * (plain + value), false);
        blueprint.linear(prefix + "o_proj", queries * value, width, bias);
        long flops = Math.multiplyExact(2 * queries, plain + rope + value);
        blueprint.attends(new Attention(reach, flops, rank + rope));
    }

    /** Gated delta rule: a state of key by value for each value head is decayed, read twice and written once a token. */
    private void recurrent(String prefix) {
        long keyHead = config.required("linear_key_head_dim");
        long valueHead = config.required("linear_value_head_dim");
        long keyWidth = keyHead * config.required("linear_num_key_heads");
        long heads = config.required("linear_num_value_heads");
        long valueWidth = valueHead * heads;
        long convolved = 2 * keyWidth + valueWidth;
        long kernel = config.required("linear_conv_kernel_dim");
        blueprint.linear(prefix + "in_proj_qkvz", width, convolved + valueWidth, false);
        blueprint.linear(prefix + "in_proj_ba", width, 2 * heads, false);
        blueprint.add(prefix + "conv1d", Part.SMALL, convolved, kernel);
        blueprint.add(prefix + "decay", Part.SMALL, 2 * heads);
        blueprint.add(prefix + "norm", Part.SMALL, valueHead);
        blueprint.linear(prefix + "out_proj", valueWidth, width, false);
        long states = Math.multiplyExact(keyHead, valueWidth);
        long window = Math.multiplyExact(convolved, kernel);
        blueprint.recurs(
                Math.addExact(Math.multiplyExact(6, states), Math.multiplyExact(2, window)),
                Math.addExact(states, window));
    }
}
