package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.model.Tensor.Part;
import java.util.List;
import java.util.Optional;

/** Adds the feed-forward block of each layer, dense or a mixture of experts. */
final class FeedForwardBlocks {
    private final ModelConfig config;
    private final Family family;
    private final Blueprint blueprint;
    private final long width;
    private final int experts;
    private final int perToken;

    FeedForwardBlocks(ModelConfig config, Family family, Blueprint blueprint, long width) {
        this.config = config;
        this.family = family;
        this.blueprint = blueprint;
        this.width = width;
        if (!family.mixture()) {
            this.experts = 0;
            this.perToken = 0;
            return;
        }
        this.experts = count(
                family.has(Trait.EXPERTS_AFTER_DENSE)
                        ? config.required("n_routed_experts", "num_local_experts", "num_experts")
                        : config.required("num_local_experts", "num_experts"));
        this.perToken = count(config.required("num_experts_per_tok", "experts_per_token"));
        // Some files say the same twice, under the names of two libraries.
        config.optional("num_local_experts", 0);
        config.optional("num_experts", 0);
        // Read where a layer needs it; a model in which none does may state it all the same.
        config.optional("intermediate_size_mlp", 0);
        if (perToken > experts) {
            throw ModelConfig.refusal(
                    "`num_experts_per_tok` must be from 1 to the " + experts + " experts, but was " + perToken);
        }
        blueprint.chooses(experts, perToken);
    }

    private static int count(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    void add(int layer) {
        String prefix = "model.layers." + layer + ".mlp.";
        if (family.mixture() && sparse(layer)) {
            mixture(prefix);
        } else {
            long size = family.has(Trait.EXPERTS_INTERLEAVED)
                    ? config.required("intermediate_size_mlp")
                    : config.required("intermediate_size");
            dense(prefix, size, family.has(Trait.MLP_BIAS) || config.flag("mlp_bias", false));
        }
    }

    private void dense(String prefix, long size, boolean bias) {
        if (!family.has(Trait.NO_GATE)) {
            blueprint.linear(prefix + "gate_proj", width, size, bias);
        }
        blueprint.linear(prefix + "up_proj", width, size, bias);
        blueprint.linear(prefix + "down_proj", size, width, bias);
    }

    private void mixture(String prefix) {
        // Older constructions have one size for all blocks.
        boolean one = family.has(Trait.EXPERTS_EVERYWHERE) || family.has(Trait.EXPERTS_INTERLEAVED);
        long own = config.required(one ? "intermediate_size" : "moe_intermediate_size");
        boolean bias = family.has(Trait.EXPERT_BIAS);
        blueprint.add(prefix + "gate", Part.ROUTER, width, experts);
        if (bias || family.has(Trait.ROUTER_CORRECTION)) {
            blueprint.add(prefix + "gate.bias", Part.SMALL, experts);
        }
        for (String matrix : List.of("gate_proj", "up_proj", "down_proj")) {
            blueprint.add(prefix + "experts.0." + matrix, Part.EXPERTS, experts, width, own);
        }
        if (bias) {
            blueprint.add(prefix + "experts.0.bias", Part.EXPERT_BIASES, experts, 2 * own + width);
        }
        shared(prefix, own);
    }

    private void shared(String prefix, long own) {
        if (family.has(Trait.SHARED_GATED)) {
            long size = config.required("shared_expert_intermediate_size");
            dense(prefix + "shared_expert.", size, false);
            blueprint.add(prefix + "shared_expert_gate", Part.ROUTER, width);
        }
        long count = family.has(Trait.SHARED_ONE)
                ? 1
                : family.has(Trait.SHARED_BY_COUNT) ? config.stated("n_shared_experts") : 0;
        if (count > 0) {
            dense(prefix + "shared_experts.", Math.multiplyExact(count, own), false);
        }
    }

    private boolean sparse(int layer) {
        if (family.has(Trait.EXPERTS_BY_STEP)) {
            long step = Math.max(1, config.optional("decoder_sparse_step", 1));
            return (layer + 1) % step == 0 && !config.contains("mlp_only_layers", layer);
        }
        if (family.has(Trait.EXPERTS_AFTER_DENSE)) {
            long every = Math.max(1, config.optional("moe_layer_freq", 1));
            return layer >= config.stated("first_k_dense_replace") && layer % every == 0;
        }
        if (family.has(Trait.EXPERTS_INTERLEAVED)) {
            Optional<List<JsonNode>> listed = config.array("moe_layers");
            return listed.isPresent()
                    ? config.contains("moe_layers", layer)
                    : (layer + 1) % config.required("interleave_moe_layer_step") == 0;
        }
        return true;
    }
}
