package dev.llmload.model;

import java.util.OptionalDouble;

/** Makes costs of what is known of a model. Pure, safe for use by any thread. */
public final class ModelCosts {
    private ModelCosts() {}

    /**
     * From a Hugging Face {@code config.json}.
     *
     * @param json its text
     * @param kvCacheBits bits of a key or value in the cache, 16 unless the server stores fewer
     * @throws IllegalArgumentException if it cannot be read, or holds an architecture whose cost is not known; the
     *     message says what to set instead
     */
    public static ModelCost ofConfig(String json, int kvCacheBits) {
        return ofConfig(json, "", kvCacheBits);
    }

    /**
     * From a Hugging Face {@code config.json} and the file that older quantised models have beside it.
     *
     * @param json its text
     * @param quantization text of {@code hf_quant_config.json}; empty if there is none. It counts where the configuration
     *     itself says nothing of quantisation
     * @param kvCacheBits bits of a key or value in the cache, 16 unless the server stores fewer
     * @throws IllegalArgumentException as above
     */
    public static ModelCost ofConfig(String json, String quantization, int kvCacheBits) {
        return new TransformerCost(ConfigShape.of(ModelConfig.parse(json), quantization, kvCacheBits));
    }

    /**
     * From a number of parameters alone: {@code F = 2·N·(P−C+O)}, attention not counted.
     *
     * @param parameters that take part in a token, at least 1
     */
    public static ModelCost ofParameters(double parameters) {
        return DeclaredCost.ofParameters(parameters);
    }

    /**
     * From FLOPs per token, prompt and output alike.
     *
     * @param flopsPerToken above 0
     * @param parameters for {@code decode_mfu}, if they are known
     */
    public static ModelCost ofFlopsPerToken(double flopsPerToken, OptionalDouble parameters) {
        return DeclaredCost.ofFlopsPerToken(flopsPerToken, parameters);
    }
}
