package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.ComputeType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and formats of Llama 3 8B: 6 979 321 856 weights in matrices, twice 525 336 576 in embeddings, 266 240 in norms. */
class QuantizationTests {
    private static final String LLAMA = KnownModel.config("llama-3-8b");
    private static final double MATRICES = 6_979_321_856.0;
    private static final double OTHERS = 2 * 1_050_939_392.0;
    private static final double HEAD = 525_336_576;
    private static final double KEYS = 32.0 * 4096 * 1024;

    private static Shape shape(String quantization) {
        return shape(quantization, "");
    }

    private static Shape shape(String quantization, String beside) {
        String config = quantization.isEmpty()
                ? LLAMA
                : "{\"quantization_config\": " + quantization + ", " + LLAMA.substring(1);
        return ConfigShape.of(ModelConfig.parse(config), beside, 16);
    }

    private static String tensors(String group, String ignore) {
        return "{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"group_0\": {" + group
                + "}}, \"ignore\": [" + ignore + "]}";
    }

    @Nested
    class CompressedTensorsGroups {
        private static final String W4 =
                "\"targets\": [\"Linear\"], \"weights\": {\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128}";

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    // weights                                                       | activations
                    //   | bits   | computed in
                    "{\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128}       |                                     | 4.125  | BF16",
                    "{\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128, \"symmetric\": false} |                     | 4.15625| BF16",
                    "{\"num_bits\": 4, \"type\": \"int\", \"group_size\": 32}        |                                     | 4.5    | BF16",
                    "{\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128}       | {\"num_bits\": 8, \"type\": \"float\"} | 4.125 | FP8",
                    "{\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128}       | {\"num_bits\": 8, \"type\": \"int\"}   | 4.125 | INT8",
                    "{\"num_bits\": 8, \"type\": \"int\", \"strategy\": \"channel\"} |                                     | 8      | BF16",
                    "{\"num_bits\": 8, \"type\": \"int\", \"strategy\": \"channel\"} | {\"num_bits\": 8, \"type\": \"int\"}   | 8     | INT8",
                    "{\"num_bits\": 8, \"type\": \"float\"}                          | {\"num_bits\": 8, \"type\": \"float\"} | 8     | FP8",
                    "{\"num_bits\": 8, \"type\": \"float\"}                          |                                     | 8      | BF16",
                    "{\"num_bits\": 4, \"type\": \"float\", \"group_size\": 16}      | {\"num_bits\": 4, \"type\": \"float\"} | 4.5   | FP4",
                    "{\"num_bits\": 4, \"type\": \"float\", \"group_size\": 16}      |                                     | 4.5    | BF16",
                    "{\"num_bits\": 4, \"type\": \"float\", \"group_size\": 32}      | {\"num_bits\": 8, \"type\": \"float\"} | 4.25  | FP8",
                })
        void sayBitsAndFormat(String weights, String activations, double bits, ComputeType type) {
            Shape shape = shape(tensors(
                    "\"targets\": [\"Linear\"], \"weights\": " + weights + ", \"input_activations\": "
                            + (activations == null ? "null" : activations),
                    "\"lm_head\""));
            assertThat(shape.weightBytes()).isEqualTo(MATRICES * bits / 8 + OTHERS);
            assertThat(shape.computeType()).isEqualTo(type);
            assertThat(shape.parameters()).isEqualTo(8_030_261_248L);
        }

        @Test
        void includeTheOutputHead_unlessItIsIgnored() {
            assertThat(shape(tensors(W4, "")).weightBytes())
                    .isEqualTo((MATRICES + HEAD) * 4.125 / 8 + OTHERS - 2 * HEAD);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"re:.*k_proj\"", "\"re:model.layers.*k_proj$\"", "\"k_proj\"", "\"*k_proj\""})
        void leaveOutWhatIsIgnored(String ignored) {
            assertThat(shape(tensors(W4, "\"lm_head\", " + ignored)).weightBytes())
                    .isEqualTo((MATRICES - KEYS) * 4.125 / 8 + 2 * KEYS + OTHERS);
        }

        @Test
        void leaveOutOneModuleByItsName_andNoOtherThatBeginsLikeIt() {
            double one = 4096.0 * 1024;
            assertThat(shape(tensors(W4, "\"lm_head\", \"model.layers.1.self_attn.k_proj\""))
                            .weightBytes())
                    .isEqualTo((MATRICES - one) * 4.125 / 8 + 2 * one + OTHERS);
        }

        @Test
        void thatListTheirTargets_areForThem() {
            String group = "\"targets\": [\"re:.*k_proj\"], \"weights\": {\"num_bits\": 8, \"type\": \"float\"}";
            assertThat(shape(tensors(group, "")).weightBytes()).isEqualTo(KEYS + 2 * (MATRICES - KEYS) + OTHERS);
        }

        @Test
        void ofDifferentFormats_leaveTheFormatOpen() {
            Shape shape =
                    shape("{\"quant_method\": \"compressed-tensors\", \"ignore\": [\"lm_head\"], \"config_groups\": {"
                            + "\"group_0\": {\"targets\": [\"re:.*self_attn.*\"], \"weights\": {\"num_bits\": 8, \"type\": \"float\"},"
                            + " \"input_activations\": {\"num_bits\": 8, \"type\": \"float\"}},"
                            + "\"group_1\": {" + W4 + "}}}");
            double attention = 2 * KEYS + 2 * 32.0 * 4096 * 4096;
            assertThat(shape.weightBytes()).isEqualTo(attention + (MATRICES - attention) * 4.125 / 8 + OTHERS);
            assertThat(shape.computeType()).isEqualTo(ComputeType.AUTO);
            assertThat(shape.notes()).anyMatch(note -> note.contains("`computeType` must say which peak counts"));
        }

        @Test
        void areRefused_whereTheirStorageIsNotKnown() {
            assertThatThrownBy(() -> shape(tensors(W4, "")
                            .replace(
                                    "\"ignore\"",
                                    "\"sparsity_config\": {\"format\":" + " \"sparse-24-bitmask\"}, \"ignore\"")))
                    .hasMessageContaining("`sparsity_config` `sparse-24-bitmask`, whose storage is not known");
            assertThatThrownBy(() -> shape(tensors("\"targets\": [\"Linear\"], \"weights\": null", "")))
                    .hasMessageContaining("has no `config_groups` with `weights`");
            assertThatThrownBy(() -> shape(tensors(W4.replace("Linear", "MoEGate"), "")))
                    .hasMessageContaining("targets modules of the class `MoEGate`");
            assertThatThrownBy(() -> shape(tensors(W4, "\"re:(\"")))
                    .hasMessageContaining("holds the pattern `re:(`, which is none");
        }

        @Test
        void sayThatTheCacheIsSmaller() {
            String config = tensors(W4, "").replace("\"ignore\"", "\"kv_cache_scheme\": {\"num_bits\": 8}, \"ignore\"");
            assertThat(shape(config).notes())
                    .contains("The configuration asks for a key-value cache of 8 bits, `kvCacheBits` is 16.");
        }
    }

    @Nested
    class ModelOptAlgorithms {
        @ParameterizedTest
        @CsvSource({
            "FP8, 8, FP8",
            "NVFP4, 4.5, FP4",
            "NVFP4_AWQ, 4.5, FP4",
            "MXFP8, 8.25, FP8",
            "W4A16_AWQ, 4.125, BF16",
            "W4A8_AWQ, 4.125, FP8",
            "FP8_PB_WO, 8, BF16"
        })
        void sayBitsAndFormat_insideAndBeside(String algorithm, double bits, ComputeType type) {
            String inner = "{\"quant_algo\": \"" + algorithm + "\", \"exclude_modules\": [\"lm_head\"]}";
            String beside = "{\"producer\": {\"name\": \"modelopt\"}, \"quantization\": " + inner + "}";
            String inside = "{\"quant_method\": \"modelopt\", \"quantization\": " + inner + "}";
            for (Shape shape : new Shape[] {
                shape("", beside),
                shape(inside),
                shape(inside.replace("\"quantization\": {", "").replaceFirst("}$", ""))
            }) {
                assertThat(shape.weightBytes()).isEqualTo(MATRICES * bits / 8 + OTHERS);
                assertThat(shape.computeType()).isEqualTo(type);
            }
        }

        @Test
        void besideTheConfiguration_countOnlyWhereItIsSilent() {
            String beside = "{\"quantization\": {\"quant_algo\": \"FP8\"}}";
            assertThat(shape("{\"quant_method\": \"awq\", \"bits\": 4, \"group_size\": 128}", beside)
                            .weightBytes())
                    .isEqualTo(MATRICES * (4 + 20.0 / 128) / 8 + OTHERS);
            assertThat(shape("{\"quant_method\": \"modelopt\"}", beside).weightBytes())
                    .isEqualTo(MATRICES + OTHERS);
        }

        @Test
        void leaveOutWhatIsExcluded() {
            double attention = 2 * KEYS + 2 * 32.0 * 4096 * 4096;
            assertThat(shape(
                                    "",
                                    "{\"quantization\": {\"quant_algo\": \"NVFP4\", \"exclude_modules\":"
                                            + " [\"lm_head\", \"model.layers.*.self_attn*\"]}}")
                            .weightBytes())
                    .isEqualTo(2 * attention + (MATRICES - attention) * 4.5 / 8 + OTHERS);
        }

        @Test
        void ofNothingButTheCache_leaveTheWeightsAlone() {
            Shape shape = shape("", "{\"quantization\": {\"quant_algo\": null, \"kv_cache_quant_algo\": \"FP8\"}}");
            assertThat(shape.weightBytes()).isEqualTo(16_060_522_496.0);
            assertThat(shape.computeType()).isEqualTo(ComputeType.BF16);
            assertThat(shape.notes())
                    .containsExactly("The configuration asks for a key-value cache of 8 bits, `kvCacheBits` is 16.");
        }

        @Test
        void thatAreNotKnown_areRefusedByName() {
            assertThatThrownBy(() -> shape("", "{\"quantization\": {\"quant_algo\": \"MIXED_PRECISION\"}}"))
                    .hasMessageStartingWith(
                            "holds the quantisation `modelopt` `MIXED_PRECISION`, whose storage is not known")
                    .hasMessageEndingWith("; set `parameters` or `flopsPerToken` instead of `config`");
        }
    }

    @Nested
    class OtherMethods {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"quant_method\": \"awq\", \"bits\": 4, \"group_size\": 128} | 4.15625 | BF16",
                    "{\"quant_method\": \"awq\", \"w_bit\": 4, \"q_group_size\": 64} | 4.3125 | BF16",
                    "{\"quant_method\": \"gptq\", \"bits\": 8, \"group_size\": -1} | 8 | BF16",
                    "{\"quant_method\": \"fp8\", \"activation_scheme\": \"dynamic\"} | 8 | FP8",
                    "{\"quant_method\": \"fbgemm_fp8\", \"modules_to_not_convert\": [\"lm_head\"]} | 8 | FP8",
                    "{\"quant_method\": \"bitsandbytes\", \"load_in_8bit\": true} | 8 | INT8",
                    "{\"quant_method\": \"bitsandbytes\", \"load_in_4bit\": true} | 4.5 | BF16",
                })
        void sayBitsAndFormat(String config, double bits, ComputeType type) {
            Shape shape = shape(config);
            assertThat(shape.weightBytes()).isEqualTo(MATRICES * bits / 8 + OTHERS);
            assertThat(shape.computeType()).isEqualTo(type);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"quant_method\": \"quark\"} | holds the quantisation `quark`, whose storage is not known; known are awq",
                    "{\"bits\": 4} | holds a `quantization_config` without `quant_method`",
                    "{\"quant_method\": \"gptq\"} | `quantization_config` of gptq must give `bits` from 1 to 8",
                    "{\"quant_method\": \"gptq\", \"bits\": 4, \"dynamic\": {\"-:.*down\": {}}} | `quantization_config` of gptq holds `dynamic`",
                    "{\"quant_method\": \"bitsandbytes\"} | `quantization_config` of bitsandbytes must say one of",
                })
        void areRefusedByName(String config, String message) {
            assertThatThrownBy(() -> shape(config))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageEndingWith("; set `parameters` or `flopsPerToken` instead of `config`");
        }

        @ParameterizedTest
        @ValueSource(strings = {"quantization", "quant_config", "quantize_config"})
        void oneUnderAnotherName_isRefused_notTakenForNone(String name) {
            String config = "{\"" + name + "\": {\"group_size\": 64, \"bits\": 4}, " + LLAMA.substring(1);
            assertThatThrownBy(() -> ConfigShape.of(ModelConfig.parse(config), "", 16))
                    .hasMessage("holds a quantisation under `" + name + "`, whose storage is not known;"
                            + " set `parameters` or `flopsPerToken` instead of `config`");
        }

        @Test
        void anEmptyQuantisation_isNone() {
            assertThat(shape("{}").weightBytes()).isEqualTo(16_060_522_496.0);
            assertThat(shape("null").weightBytes()).isEqualTo(16_060_522_496.0);
        }
    }

    @Test
    void ofGptOss_isOfTheExpertsAlone_andLeavesTheFormatOpen() {
        Shape shape = KnownModel.named("gpt-oss-20b").shape();
        double experts = 24.0 * 32 * 3 * 2880 * 2880;
        assertThat(shape.experts().bytes()).isEqualTo(experts * 4.25 / 8);
        assertThat(shape.weightBytes()).isEqualTo(experts * 4.25 / 8 + 2 * (20_914_757_184L - experts));
        assertThat(shape.notes()).anyMatch(note -> note.contains("`computeType` says which peak counts"));
    }
}
