package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.junit.ComputeType;
import dev.llmload.model.Quantization.Plain;
import dev.llmload.model.Quantization.Scheme;
import java.util.List;
import java.util.Locale;

/** The methods of quantisation whose storage is known, by the name that a configuration gives them. */
final class QuantizationMethods {
    /** Names of methods, for messages and documents. */
    static final List<String> KNOWN =
            List.of("awq", "gptq", "bitsandbytes", "fp8", "fbgemm_fp8", "mxfp4", "compressed-tensors", "modelopt");

    private QuantizationMethods() {}

    static Quantization read(JsonNode config, Plain plain) {
        if (!config.isObject()) {
            return plain.alone();
        }
        String method = config.path("quant_method").asText("").toLowerCase(Locale.ROOT);
        return switch (method) {
            case "awq", "gptq" -> integers(config, method, plain);
            case "bitsandbytes" -> bitsAndBytes(config, plain);
            case "fp8", "fbgemm_fp8" ->
                of(
                        config,
                        Scheme.of(Scheme.Reach.LAYERS, 8),
                        ComputeType.FP8,
                        plain,
                        "Weights are stored in 8 bits (" + method + ").");
            case "mxfp4" ->
                of(
                        config,
                        Scheme.of(Scheme.Reach.EXPERTS, 4.25),
                        ComputeType.AUTO,
                        plain,
                        "The experts' weights are stored in 4 bits (mxfp4); before Blackwell they are computed in 16"
                                + " bits, there in fewer: `computeType` says which peak counts.");
            case "compressed-tensors" -> CompressedTensors.read(config, plain);
            case "modelopt", "modelopt_fp4", "modelopt_mxfp8" -> ModelOpt.read(config, plain);
            default -> {
                if (ModelOpt.says(config)) {
                    yield ModelOpt.read(config, plain);
                }
                throw method.isEmpty()
                        ? ModelConfig.refusal("holds a `quantization_config` without `quant_method`")
                        : unknown(method);
            }
        };
    }

    static IllegalArgumentException unknown(String method) {
        return ModelConfig.refusal("holds the quantisation `" + method + "`, whose storage is not known; known are "
                + String.join(", ", KNOWN));
    }

    /** Bits of one weight with its share of the scale, and of the zero point, of its group; a group of 0 is a row. */
    static double bits(double weight, long group, double scale) {
        return group > 0 ? weight + scale / group : weight;
    }

    private static Quantization of(JsonNode config, Scheme scheme, ComputeType type, Plain plain, String note) {
        ModulePatterns left = ModulePatterns.of(
                config.path("modules_to_not_convert"),
                config.path("ignored_layers"),
                config.path("llm_int8_skip_modules"));
        return new Quantization(plain.bytes(), List.of(scheme), left, type, 0, List.of(note));
    }

    // Weights only: products are computed in the type of the activations.
    private static Quantization integers(JsonNode config, String method, Plain plain) {
        int bits = config.path("bits").asInt(config.path("w_bit").asInt(0));
        if (bits < 1 || bits > 8) {
            throw ModelConfig.refusal("`quantization_config` of " + method + " must give `bits` from 1 to 8");
        }
        if (!config.path("dynamic").isEmpty()) {
            throw ModelConfig.refusal("`quantization_config` of " + method
                    + " holds `dynamic`, other bits for some modules, whose storage is not known");
        }
        long group = config.path("group_size").asInt(config.path("q_group_size").asInt(128));
        boolean head = config.path("lm_head").asBoolean(false);
        return of(
                config,
                // A scale of 16 bits and a zero point for each group.
                Scheme.of(head ? Scheme.Reach.LINEAR : Scheme.Reach.LAYERS, bits(bits, group, 16 + bits)),
                plain.computeType(),
                plain,
                "Weights are stored in " + bits + " bits (" + method + ") and computed in 16.");
    }

    private static Quantization bitsAndBytes(JsonNode config, Plain plain) {
        boolean four = config.path("load_in_4bit")
                .asBoolean(config.path("_load_in_4bit").asBoolean(false));
        boolean eight = config.path("load_in_8bit")
                .asBoolean(config.path("_load_in_8bit").asBoolean(false));
        if (four == eight) {
            throw ModelConfig.refusal(
                    "`quantization_config` of bitsandbytes must say one of `load_in_4bit` and `load_in_8bit`");
        }
        if (eight) {
            return of(
                    config,
                    Scheme.of(Scheme.Reach.LAYERS, 8),
                    ComputeType.INT8,
                    plain,
                    "Weights are stored in 8 bits (bitsandbytes).");
        }
        // For each 64 weights a scale of 32 bits, or of 8 bits and a 256th of 32.
        double scale = config.path("bnb_4bit_use_double_quant").asBoolean(false) ? 8 + 32.0 / 256 : 32;
        return of(
                config,
                Scheme.of(Scheme.Reach.LAYERS, bits(4, 64, scale)),
                plain.computeType(),
                plain,
                "Weights are stored in 4 bits (bitsandbytes) and computed in 16.");
    }
}
