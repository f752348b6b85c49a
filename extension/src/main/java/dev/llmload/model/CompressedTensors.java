package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.junit.ComputeType;
import dev.llmload.model.Quantization.Plain;
import dev.llmload.model.Quantization.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Quantisation as the library compressed-tensors writes it down: groups of modules, each with its own format. */
final class CompressedTensors {
    private CompressedTensors() {}

    static Quantization read(JsonNode config, Plain plain) {
        refuseSparsity(config.path("sparsity_config"));
        List<Scheme> schemes = new ArrayList<>();
        Set<ComputeType> types = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        for (JsonNode group : config.path("config_groups")) {
            JsonNode weights = group.path("weights");
            if (!weights.isObject()) {
                continue;
            }
            schemes.add(scheme(group.path("targets"), bits(weights)));
            ComputeType type = computeType(weights, group.path("input_activations"), plain);
            types.add(type);
            words.add("Weights are stored in " + width(weights) + " bits (compressed-tensors) and computed in "
                    + (type == ComputeType.AUTO ? "16" : type) + ".");
        }
        if (schemes.isEmpty()) {
            throw ModelConfig.refusal(
                    "`quantization_config` of compressed-tensors has no `config_groups` with `weights`");
        }
        List<String> notes = new ArrayList<>(words);
        if (types.size() > 1) {
            notes.add("Its groups are computed in different formats: `computeType` must say which peak counts.");
        }
        return new Quantization(
                plain.bytes(),
                schemes,
                ModulePatterns.of(config.path("ignore")),
                types.size() == 1 ? types.iterator().next() : ComputeType.AUTO,
                config.path("kv_cache_scheme").path("num_bits").asInt(0),
                notes);
    }

    private static void refuseSparsity(JsonNode sparsity) {
        String format = sparsity.path("format").asText("dense");
        if (!format.equals("dense")) {
            throw ModelConfig.refusal(
                    "`quantization_config` holds the `sparsity_config` `" + format + "`, whose storage is not known");
        }
    }

    private static Scheme scheme(JsonNode targets, double bits) {
        for (JsonNode target : targets) {
            String name = target.asText();
            if (name.equals("Linear")) {
                return Scheme.of(Scheme.Reach.LINEAR, bits);
            }
            // A class's name, such as RoutedExperts: which modules are of it, the configuration does not say.
            if (name.matches("[A-Z]\\w*")) {
                throw ModelConfig.refusal("`quantization_config` targets modules of the class `" + name
                        + "`, and which these are is not known");
            }
        }
        return new Scheme(Scheme.Reach.LISTED, ModulePatterns.of(targets), bits);
    }

    /** Bits of a weight as it is counted: the scales are those of its group. */
    static double bits(JsonNode weights) {
        int width = width(weights);
        long group = Math.max(0, weights.path("group_size").asLong(0));
        boolean small = isFloat(weights) && width == 4;
        double scale = small ? 8 : 16;
        double zero = weights.path("symmetric").asBoolean(true) ? 0 : width;
        return QuantizationMethods.bits(width, group, scale + zero);
    }

    static int width(JsonNode weights) {
        int width = weights.path("num_bits").asInt(8);
        if (width < 1 || width > 16) {
            throw ModelConfig.refusal("`num_bits` of `quantization_config` must be from 1 to 16, but was " + width);
        }
        return width;
    }

    /** Weights alone are unpacked; where activations are quantised too, the wider of the two formats computes. */
    static ComputeType computeType(JsonNode weights, JsonNode activations, Plain plain) {
        if (!activations.isObject()) {
            return plain.computeType();
        }
        int width = activations.path("num_bits").asInt(8);
        if (width > 8) {
            return plain.computeType();
        }
        if (!isFloat(activations)) {
            return ComputeType.INT8;
        }
        return width == 4 && width(weights) == 4 && isFloat(weights) ? ComputeType.FP4 : ComputeType.FP8;
    }

    private static boolean isFloat(JsonNode format) {
        return format.path("type").asText("int").toLowerCase(Locale.ROOT).equals("float");
    }
}
