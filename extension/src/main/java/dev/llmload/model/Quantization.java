package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * How a model's weights lie in memory, and in which format its products are computed.
 *
 * @param bytesPerWeight of the layers' matrices
 * @param bytesOfOthers of embeddings, output head, norms and biases
 * @param computeType what AUTO stands for; AUTO itself if the configuration leaves it open
 * @param notes what a reader should know
 */
record Quantization(double bytesPerWeight, double bytesOfOthers, ComputeType computeType, List<String> notes) {
    static Quantization of(ModelConfig config) {
        String dtype = config.dtype();
        double bytes = switch (dtype) {
            case "float16", "bfloat16", "" -> 2;
            case "float32" -> 4;
            default ->
                throw ModelConfig.refusal(
                        "`torch_dtype` must be float32, float16 or bfloat16, but was `" + dtype + "`");
        };
        ComputeType plain = switch (dtype) {
            case "float16" -> ComputeType.FP16;
            case "bfloat16" -> ComputeType.BF16;
            default -> ComputeType.AUTO;
        };
        JsonNode quantization = config.quantization();
        if (!quantization.isObject()) {
            List<String> notes = dtype.isEmpty()
                    ? List.of("The configuration does not say how its weights are stored: 2 bytes each are taken.")
                    : List.of();
            return new Quantization(bytes, bytes, plain, notes);
        }
        return quantized(quantization, bytes, plain);
    }

    private static Quantization quantized(JsonNode quantization, double bytes, ComputeType plain) {
        String method = quantization.path("quant_method").asText("").toLowerCase(Locale.ROOT);
        int bits = quantization.path("bits").asInt(quantization.path("w_bit").asInt(0));
        return switch (method) {
            // Weights only: products are computed in the type of the activations.
            case "awq", "gptq" -> {
                if (bits < 1 || bits > 8) {
                    throw ModelConfig.refusal("`quantization_config` of " + method + " must give `bits` from 1 to 8");
                }
                int group = quantization.path("group_size").asInt(128);
                double scales = group > 0 ? (16.0 + bits) / group : 0; // a scale and a zero point for each group
                yield new Quantization(
                        (bits + scales) / 8,
                        bytes,
                        plain,
                        List.of("Weights are stored in " + bits + " bits (" + method + ") and computed in 16."));
            }
            case "fp8" -> new Quantization(1, bytes, ComputeType.AUTO, List.of("Weights are stored in 8 bits (fp8)."));
            case "mxfp4" ->
                new Quantization(4.25 / 8, bytes, ComputeType.AUTO, List.of("Weights are stored in 4 bits (mxfp4)."));
            default ->
                throw ModelConfig.refusal("holds the quantisation `" + method
                        + "`, whose storage is not known; known are awq, gptq, fp8 and mxfp4");
        };
    }
}
