package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.junit.ComputeType;
import dev.llmload.model.Tensor.Part;
import java.util.List;

/**
 * How a model's weights lie in memory, and in which format its products are computed. What chooses experts, embeddings,
 * norms and biases are never quantised.
 *
 * @param plainBytes of a weight that is not quantised
 * @param schemes the first that holds a module decides; none if nothing is quantised
 * @param left modules that are left as they are
 * @param computeType what AUTO stands for; AUTO itself if the configuration leaves it open
 * @param kvCacheBits of a key or value that the configuration asks for; 0 if it does not say
 * @param notes what a reader should know
 */
record Quantization(
        double plainBytes,
        List<Scheme> schemes,
        ModulePatterns left,
        ComputeType computeType,
        int kvCacheBits,
        List<String> notes) {

    /** Which modules are stored in how many bits a weight, scales included. */
    record Scheme(Reach reach, ModulePatterns targets, double bits) {
        /** What a scheme without a list of modules is for. */
        enum Reach {
            /** The matrices of the layers. */
            LAYERS,
            /** Also the output head. */
            LINEAR,
            /** The experts alone. */
            EXPERTS,
            /** What its list names. */
            LISTED
        }

        static Scheme of(Reach reach, double bits) {
            return new Scheme(reach, ModulePatterns.NONE, bits);
        }

        boolean holds(Tensor tensor) {
            Part part = tensor.part();
            return switch (reach) {
                case EXPERTS -> part == Part.EXPERTS;
                case LAYERS -> part == Part.EXPERTS || part == Part.MATRIX;
                case LINEAR -> linear(tensor);
                case LISTED -> linear(tensor) && targets.hold(tensor.module());
            };
        }

        private static boolean linear(Tensor tensor) {
            return tensor.part() == Part.EXPERTS
                    || tensor.part() == Part.MATRIX
                    || tensor.part() == Part.HEAD && tensor.module().equals("lm_head");
        }
    }

    Quantization {
        schemes = List.copyOf(schemes);
        notes = List.copyOf(notes);
    }

    /**
     * Reads it.
     *
     * @param config the model's; if it says nothing of quantisation, the other text does
     * @param beside text of the {@code hf_quant_config.json} beside it, or empty
     */
    static Quantization of(ModelConfig config, String beside) {
        Plain plain = Plain.of(config.dtype());
        JsonNode own = config.quantization();
        JsonNode other = beside.isBlank() ? own : readBeside(beside);
        boolean silent =
                !own.isObject() || own.path("quant_method").asText().startsWith("modelopt") && !ModelOpt.says(own);
        return QuantizationMethods.read(silent ? other : own, plain);
    }

    private static JsonNode readBeside(String text) {
        try {
            return ModelConfig.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its `hf_quant_config.json` " + e.getMessage(), e);
        }
    }

    /** Bytes of all weights of a tensor. */
    double bytes(Tensor tensor) {
        if (!left.hold(tensor.module())) {
            for (Scheme scheme : schemes) {
                if (scheme.holds(tensor)) {
                    return tensor.weights() * scheme.bits() / 8;
                }
            }
        }
        return tensor.weights() * plainBytes;
    }

    /**
     * How weights are stored that are not quantised.
     *
     * @param bytes of each
     * @param computeType of products with them
     * @param known whether the configuration says so
     */
    record Plain(double bytes, ComputeType computeType, boolean known) {
        static Plain of(String dtype) {
            return switch (dtype) {
                case "float16", "half" -> new Plain(2, ComputeType.FP16, true);
                case "bfloat16" -> new Plain(2, ComputeType.BF16, true);
                case "float32", "float" -> new Plain(4, ComputeType.AUTO, true);
                case "" -> new Plain(2, ComputeType.AUTO, false);
                default ->
                    throw ModelConfig.refusal(
                            "`torch_dtype` must be float32, float16 or bfloat16, but was `" + dtype + "`");
            };
        }

        /** Nothing is quantised. */
        Quantization alone() {
            List<String> notes = known
                    ? List.of()
                    : List.of("The configuration does not say how its weights are stored: 2 bytes each are taken.");
            return new Quantization(bytes, List.of(), ModulePatterns.NONE, computeType, 0, notes);
        }
    }
}
