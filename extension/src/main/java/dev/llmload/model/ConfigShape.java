package dev.llmload.model;

import java.util.ArrayList;
import java.util.List;

/** Counts the weights that a configuration describes. The sums equal the published parameter counts. */
final class ConfigShape {
    private final ModelConfig config;
    private final Family family;
    private final long width;
    private final int layers;
    private final long queries;
    private final long keyWidth;
    private final long queryWidth;
    private final long headSize;
    private final long vocabulary;

    private ConfigShape(ModelConfig config) {
        this.config = config;
        this.family = Family.of(config);
        this.width = config.required("hidden_size");
        this.layers = Math.toIntExact(config.required("num_hidden_layers"));
        this.queries = config.required("num_attention_heads");
        this.headSize = headSize();
        this.queryWidth = queries * headSize;
        this.keyWidth = config.optional("num_key_value_heads", queries) * headSize;
        this.vocabulary = config.required("vocab_size");
    }

    static Shape of(ModelConfig config, int kvCacheBits) {
        return new ConfigShape(config).shape(kvCacheBits);
    }

    private long headSize() {
        if (queries == 0) {
            throw ModelConfig.refusal("`num_attention_heads` must be at least 1, but was 0");
        }
        long declared = config.optional("head_dim", 0);
        if (declared == 0 && width % queries != 0) {
            throw ModelConfig.refusal("lacks `head_dim`, and `hidden_size` " + width
                    + " is no multiple of `num_attention_heads` " + queries);
        }
        return declared == 0 ? width / queries : declared;
    }

    private Shape shape(int kvCacheBits) {
        FeedForward forward = FeedForward.of(config, family, width, layers);
        long attention = 2 * width * queryWidth + 2 * width * keyWidth;
        long attentionBiases =
                (family.qkvBias(config) ? queryWidth + 2 * keyWidth : 0) + (family.outputBias(config) ? width : 0);
        long norm = family.normsHaveBias() ? 2 * width : width;
        long smallPerLayer =
                attentionBiases + family.normsPerLayer() * norm + (family.queryKeyNorms() ? 2 * headSize : 0);
        long head = vocabulary * width;
        boolean tied = config.outerFlag("tie_word_embeddings", family.tiedByDefault());
        long embeddings = (tied ? head : 2 * head) + (family.headBias(config) ? vocabulary : 0) + norm;
        long inMatrices = layers * attention + forward.weights();
        long small = layers * smallPerLayer + forward.biases();
        long parameters = inMatrices + small + embeddings;
        Quantization quantization = Quantization.of(config);
        return new Shape(
                config.architecture(),
                parameters,
                parameters - forward.idleExpertWeights(),
                layers * attention + forward.activeWeights(),
                head,
                layers,
                family.window(config, layers),
                queryWidth,
                2.0 * layers * keyWidth * kvCacheBits / 8,
                quantization.bytesPerWeight() * inMatrices + quantization.bytesOfOthers() * (small + embeddings),
                forward.experts(quantization.bytesPerWeight()),
                quantization.computeType(),
                notes(quantization));
    }

    private List<String> notes(Quantization quantization) {
        List<String> notes = new ArrayList<>(quantization.notes());
        if (config.nested()) {
            notes.add("Only the language model is counted, not what reads images or sound.");
        }
        return notes;
    }
}
