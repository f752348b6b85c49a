package dev.llmload.model;

import dev.llmload.model.Tensor.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Counts the weights that a configuration describes. The sums equal the published parameter counts. */
final class ConfigShape {
    /** More than any model has; keeps a nonsensical file from costing time. */
    private static final long MAX_LAYERS = 10_000;

    private static final double STATE_BYTES = 2;

    private ConfigShape() {}

    static Shape of(ModelConfig config, int kvCacheBits) {
        return of(config, "", kvCacheBits);
    }

    /**
     * The shape.
     *
     * @param config of the model
     * @param quantization text of the {@code hf_quant_config.json} beside it, or empty
     * @param kvCacheBits bits of a key or value in the cache
     * @throws IllegalArgumentException if its cost is not known, with what to set instead
     */
    static Shape of(ModelConfig config, String quantization, int kvCacheBits) {
        try {
            Family family = config.family();
            Blueprint blueprint = blueprint(config, family);
            Quantization stored = Quantization.of(config, quantization);
            config.refuseTheRest();
            return shape(config, blueprint, stored, kvCacheBits);
        } catch (ArithmeticException e) {
            throw ModelConfig.refusal("has sizes that no model has");
        }
    }

    private static Blueprint blueprint(ModelConfig config, Family family) {
        Blueprint blueprint = new Blueprint();
        long width = config.required("hidden_size");
        long layers = config.required("num_hidden_layers");
        long vocabulary = config.required("vocab_size");
        if (layers > MAX_LAYERS) {
            throw ModelConfig.refusal("`num_hidden_layers` must be at most " + MAX_LAYERS + ", but was " + layers);
        }
        long norm = family.has(Trait.NORM_BIAS) ? 2 * width : width;
        int norms = family.has(Trait.ONE_NORM) ? 1 : family.has(Trait.FOUR_NORMS) ? 4 : 2;
        AttentionBlocks attention = new AttentionBlocks(config, family, blueprint, width, (int) layers);
        FeedForwardBlocks forward = new FeedForwardBlocks(config, family, blueprint, width);
        boolean tied = config.outerFlag("tie_word_embeddings", family.has(Trait.TIED));
        blueprint.add("model.embed_tokens", tied ? Part.HEAD : Part.EMBEDDING, vocabulary, width);
        for (int layer = 0; layer < layers; layer++) {
            attention.add(layer);
            forward.add(layer);
            blueprint.add("model.layers." + layer + ".norms", Part.SMALL, norms, norm);
        }
        blueprint.add("model.norm", Part.SMALL, norm);
        if (!tied) {
            blueprint.add("lm_head", Part.HEAD, vocabulary, width);
        }
        if (family.has(Trait.HEAD_BIAS) || config.flag("lm_head_bias", false)) {
            blueprint.add("lm_head.bias", Part.SMALL, vocabulary);
        }
        return blueprint;
    }

    private static Shape shape(ModelConfig config, Blueprint blueprint, Quantization stored, int kvCacheBits) {
        long all = sum(blueprint, tensor -> true);
        long ofExperts = sum(blueprint, Tensor::ofExperts);
        long inExperts = sum(blueprint, tensor -> tensor.part() == Part.EXPERTS);
        int count = Math.max(1, blueprint.experts());
        int perToken = Math.max(1, blueprint.expertsPerToken());
        Shape.Experts experts = blueprint.experts() == 0
                ? Shape.Experts.NONE
                : new Shape.Experts(
                        count, perToken, bytes(blueprint, tensor -> tensor.part() == Part.EXPERTS, stored::bytes));
        return new Shape(
                config.architecture(),
                all,
                all - ofExperts + ofExperts / count * perToken,
                sum(blueprint, Tensor::multiplies) - inExperts + inExperts / count * perToken,
                sum(blueprint, tensor -> tensor.part() == Part.HEAD),
                blueprint.attention(),
                blueprint.recurrentFlops(),
                STATE_BYTES * blueprint.stateElements(),
                kvCacheBits / 8.0,
                bytes(blueprint, tensor -> true, stored::bytes),
                experts,
                stored.computeType(),
                notes(config, blueprint, stored, kvCacheBits));
    }

    private static long sum(Blueprint blueprint, Predicate<Tensor> which) {
        long sum = 0;
        for (Tensor tensor : blueprint.tensors()) {
            sum = which.test(tensor) ? Math.addExact(sum, tensor.weights()) : sum;
        }
        return sum;
    }

    private static double bytes(Blueprint blueprint, Predicate<Tensor> which, ToDoubleFunction<Tensor> bytes) {
        return blueprint.tensors().stream().filter(which).mapToDouble(bytes).sum();
    }

    private static List<String> notes(ModelConfig config, Blueprint blueprint, Quantization stored, int kvCacheBits) {
        List<String> notes = new ArrayList<>(stored.notes());
        if (stored.kvCacheBits() > 0 && stored.kvCacheBits() != kvCacheBits) {
            notes.add("The configuration asks for a key-value cache of " + stored.kvCacheBits()
                    + " bits, `kvCacheBits` is " + kvCacheBits + ".");
        }
        if (!config.filled().isEmpty()) {
            notes.add("The configuration leaves these to the defaults of its class: "
                    + String.join(", ", config.filled()) + ".");
        }
        if (config.partOfMore()) {
            notes.add("Only the language model is counted, not what reads images or sound.");
        }
        if (config.optional("num_nextn_predict_layers", 0) > 0) {
            notes.add("Layers that predict tokens ahead (MTP) are not counted.");
        }
        if (blueprint.stateElements() > 0) {
            notes.add("Linear attention is counted by its recurrence, its state at 2 bytes a number.");
        }
        return notes;
    }
}
