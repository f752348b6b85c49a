package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.junit.ComputeType;
import dev.llmload.model.Quantization.Plain;
import dev.llmload.model.Quantization.Scheme;
import java.util.List;
import java.util.Locale;

/**
 * Quantisation as NVIDIA's ModelOpt writes it down: in {@code quantization_config}, or in an {@code hf_quant_config.json}
 * beside it. The output head is never quantised.
 */
final class ModelOpt {
    private static final String ALGORITHM = "quant_algo";

    private ModelOpt() {}

    /** Whether a node is of this form. */
    static boolean says(JsonNode config) {
        return inner(config).has(ALGORITHM);
    }

    private static JsonNode inner(JsonNode config) {
        return config.path("quantization").isObject() ? config.path("quantization") : config;
    }

    static Quantization read(JsonNode config, Plain plain) {
        JsonNode inner = inner(config);
        String algorithm = inner.path(ALGORITHM).asText("").toUpperCase(Locale.ROOT);
        int kvCacheBits = kvCacheBits(inner.path("kv_cache_quant_algo").asText(""));
        ModulePatterns left = ModulePatterns.of(inner.path("exclude_modules"), inner.path("ignore"));
        Format format = format(algorithm, inner, plain);
        if (format.bits() == 0) {
            Quantization alone = plain.alone();
            return new Quantization(
                    alone.plainBytes(), List.of(), left, alone.computeType(), kvCacheBits, alone.notes());
        }
        return new Quantization(
                plain.bytes(),
                List.of(Scheme.of(Scheme.Reach.LAYERS, format.bits())),
                left,
                format.computeType(),
                kvCacheBits,
                List.of("Weights are quantised by ModelOpt (" + algorithm + "): " + trimmed(format.bits())
                        + " bits each with their scales."));
    }

    private record Format(double bits, ComputeType computeType) {}

    private static Format format(String algorithm, JsonNode inner, Plain plain) {
        return switch (algorithm) {
            case "", "NULL", "NONE", "NO_QUANT" -> new Format(0, plain.computeType());
            case "FP8", "FP8_PER_CHANNEL_PER_TOKEN" -> new Format(8, ComputeType.FP8);
            case "FP8_PB_WO" -> new Format(8, plain.computeType());
            case "MXFP8" -> new Format(QuantizationMethods.bits(8, group(inner, 32), 8), ComputeType.FP8);
            case "NVFP4", "NVFP4_AWQ" -> new Format(QuantizationMethods.bits(4, group(inner, 16), 8), ComputeType.FP4);
            case "W4A16", "W4A16_AWQ" ->
                new Format(QuantizationMethods.bits(4, group(inner, 128), 16), plain.computeType());
            case "W4A8_AWQ" -> new Format(QuantizationMethods.bits(4, group(inner, 128), 16), ComputeType.FP8);
            case "W8A8_SQ_PER_CHANNEL", "INT8_SQ" -> new Format(8, ComputeType.INT8);
            case "W8A16" -> new Format(8, plain.computeType());
            default -> throw QuantizationMethods.unknown("modelopt` `" + algorithm);
        };
    }

    private static long group(JsonNode inner, long fallback) {
        long declared = inner.path("group_size")
                .asLong(inner.path("config_groups")
                        .path("group_0")
                        .path("weights")
                        .path("group_size")
                        .asLong(fallback));
        return declared > 0 ? declared : fallback;
    }

    private static int kvCacheBits(String algorithm) {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "FP8", "INT8" -> 8;
            case "NVFP4" -> 4;
            default -> 0;
        };
    }

    private static String trimmed(double bits) {
        return bits == Math.rint(bits) ? Long.toString((long) bits) : Double.toString(bits);
    }
}
