package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.junit.ComputeType;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCostsTests {
    private static final Percentage MILLIONTH = Percentage.withPercentage(1e-4);

    private static Shape shape(String config) {
        return ConfigShape.of(ModelConfig.parse(config), 16);
    }

    @Nested
    class Parameters {
        static Arguments[] published() {
            return new Arguments[] {
                Arguments.of("Llama 3 8B", Configs.LLAMA_3_8B, 8_030_261_248L),
                Arguments.of("Llama 3.1 70B", Configs.LLAMA_3_1_70B, 70_553_706_496L),
                Arguments.of("Llama 3.1 405B", Configs.LLAMA_3_1_405B, 405_853_388_800L),
                Arguments.of("Llama 3.2 1B", Configs.LLAMA_3_2_1B, 1_235_814_400L),
                Arguments.of("Mistral 7B v0.1", Configs.MISTRAL_7B, 7_241_732_096L),
                Arguments.of("Mistral 7B v0.3", Configs.MISTRAL_7B_V03, 7_248_023_552L),
                Arguments.of("Mixtral 8x7B", Configs.MIXTRAL_8X7B, 46_702_792_704L),
                Arguments.of("Qwen2.5 7B", Configs.QWEN2_5_7B, 7_615_616_512L),
                Arguments.of("Qwen1.5 MoE A2.7B", Configs.QWEN1_5_MOE, 14_315_784_192L),
                Arguments.of("Qwen3 8B", Configs.QWEN3_8B, 8_190_735_360L),
                Arguments.of("Qwen3 30B A3B", Configs.QWEN3_30B_A3B, 30_532_122_624L),
                Arguments.of("Gemma 2 9B", Configs.GEMMA_2_9B, 9_241_705_984L),
                Arguments.of("Gemma 3 1B", Configs.GEMMA_3_1B, 999_885_952L),
                Arguments.of("Phi 2", Configs.PHI_2, 2_779_683_840L),
                Arguments.of("Phi 3 mini", Configs.PHI_3_MINI, 3_821_079_552L),
                Arguments.of("Phi 3.5 MoE", Configs.PHI_3_5_MOE, 41_873_153_344L),
            };
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("published")
        void areThoseThatWerePublished(String name, String config, long parameters) {
            assertThat(shape(config).parameters()).isEqualTo(parameters);
        }

        @Test
        void activeOnesLeaveOutTheExpertsThatATokenDoesNotChoose() {
            assertThat(shape(Configs.MIXTRAL_8X7B).activeParameters()).isEqualTo(12_879_925_248L);
            assertThat(shape(Configs.QWEN3_30B_A3B).activeParameters()).isEqualTo(3_353_032_704L);
            assertThat(shape(Configs.LLAMA_3_8B).activeParameters()).isEqualTo(8_030_261_248L);
        }

        @Test
        void ofLayersAndHeadAreTheOnesOfMatrixProducts() {
            assertThat(shape(Configs.LLAMA_3_8B).layerMatmulWeights()).isEqualTo(6_979_321_856L);
            assertThat(shape(Configs.LLAMA_3_8B).headWeights()).isEqualTo(525_336_576L);
            assertThat(shape(Configs.LLAMA_3_1_70B).layerMatmulWeights()).isEqualTo(68_451_041_280L);
            assertThat(shape(Configs.LLAMA_3_2_1B).layerMatmulWeights()).isEqualTo(973_078_528L);
            assertThat(shape(Configs.MIXTRAL_8X7B).layerMatmulWeights()).isEqualTo(12_617_515_008L);
            assertThat(shape(Configs.QWEN3_30B_A3B).layerMatmulWeights()).isEqualTo(2_730_491_904L);
        }

        @Test
        void ofANestedTextModelAreFound() {
            String nested = Configs.LLAMA_3_8B.replace(
                    "\"architectures\": [\"LlamaForCausalLM\"]", "\"model_type\": \"llama\"");
            Shape shape =
                    shape("{\"architectures\": [\"LlavaForConditionalGeneration\"], \"text_config\": " + nested + "}");
            assertThat(shape.parameters()).isEqualTo(8_030_261_248L);
            assertThat(shape.notes())
                    .containsExactly("Only the language model is counted, not what reads images or sound.");
        }
    }

    @Nested
    class Memory {
        @Test
        void ofWeightsAndOfATokensKeysAndValues() {
            assertThat(shape(Configs.LLAMA_3_8B).kvBytesPerToken()).isEqualTo(131_072);
            assertThat(shape(Configs.LLAMA_3_8B).weightBytes()).isCloseTo(16.060522e9, MILLIONTH);
            assertThat(shape(Configs.LLAMA_3_1_70B).weightBytes()).isCloseTo(141.107413e9, MILLIONTH);
            assertThat(shape(Configs.QWEN3_30B_A3B).kvBytesPerToken()).isEqualTo(98_304);
            assertThat(ConfigShape.of(ModelConfig.parse(Configs.LLAMA_3_8B), 8).kvBytesPerToken())
                    .isEqualTo(65_536);
        }

        @Test
        void ofQuantisedWeightsIsSmallerWhereTheyLieInMatrices() {
            String awq = Configs.LLAMA_3_8B.replace(
                    "\"tie_word_embeddings\"",
                    "\"quantization_config\": {\"quant_method\": \"awq\", \"bits\": 4, \"group_size\": 128}, \"tie_word_embeddings\"");
            // 4 bits and, for each 128 of them, a scale of 16 bits and a zero point of 4
            double matrices = 6_979_321_856L * (4 + 20.0 / 128) / 8;
            double others = 2.0 * (8_030_261_248L - 6_979_321_856L);
            assertThat(shape(awq).weightBytes()).isCloseTo(matrices + others, MILLIONTH);
            assertThat(shape(awq).computeType()).isEqualTo(ComputeType.BF16);
        }

        @Test
        void ofAStepReadsTheExpertsThatTheBatchTouches() {
            ModelCost cost = ModelCosts.ofConfig(Configs.MIXTRAL_8X7B, 16);
            double all = 46_702_792_704L * 2.0;
            double experts = 32.0 * 8 * 3 * 4096 * 14336 * 2;
            assertThat(cost.stepBytes(1, 0).orElseThrow()).isCloseTo(all - experts * 0.75, MILLIONTH);
            assertThat(cost.stepBytes(2, 0).orElseThrow()).isCloseTo(all - experts * 0.75 * 0.75, MILLIONTH);
            assertThat(cost.stepBytes(100, 0).orElseThrow()).isCloseTo(all, MILLIONTH);
        }
    }

    @Nested
    class Flops {
        private final ModelCost llama = ModelCosts.ofConfig(Configs.LLAMA_3_8B, 16);

        @Test
        void ofARequestAreExact() {
            assertThat(llama.flops(512, 0, 128)).isEqualTo(9_161_265_905_664.0);
            assertThat(llama.flops(8192, 0, 256)).isEqualTo(136_884_298_711_040.0);
        }

        @Test
        void ofCachedPromptTokensAreNotSpent() {
            // the 256 cached tokens pass no layer, and attention begins at the 257th
            double layers = 2.0 * 6_979_321_856L * 256;
            double attention = 4.0 * 32 * 4096 * (256 * 257 / 2);
            assertThat(llama.flops(512, 256, 128)).isEqualTo(9_161_265_905_664.0 - layers - attention);
        }

        @Test
        void ofASlidingWindowStopGrowing() {
            double full = ModelCosts.ofConfig(Configs.MISTRAL_7B_V03, 16).prefillFlops(8192, 0);
            double windowed = ModelCosts.ofConfig(Configs.MISTRAL_7B, 16).prefillFlops(8192, 0);
            double smallerHead = 2.0 * (32768 - 32000) * 4096;
            double beyond = 4096.0 * 4097 / 2; // Σ (k − 4096), k = 4097..8192
            assertThat(full - windowed).isEqualTo(smallerHead + 4.0 * 32 * 4096 * beyond);
        }

        @Test
        void ofParametersAloneAreTwoForEachAndToken() {
            ModelCost cost = ModelCosts.ofParameters(8e9);
            assertThat(cost.flops(100, 40, 10)).isEqualTo(2 * 8e9 * 70);
            assertThat(cost.activeParameters()).isEqualTo(OptionalDouble.of(8e9));
            assertThat(cost.notes())
                    .containsExactly("The model's FLOPs are declared per token: attention not counted.");
            assertThat(ModelCosts.ofFlopsPerToken(17e9, OptionalDouble.empty()).flops(100, 0, 1))
                    .isEqualTo(17e9 * 101);
        }

        @Test
        void spentAtTenRequestsASecondAreTheSharesOfTheOracle() {
            double perSecond = 10 * llama.flops(512, 0, 128);
            assertThat(perSecond
                            / DevicePeaks.of("NVIDIA A40", ComputeType.BF16).flops())
                    .isCloseTo(0.611975, within(1e-6));
            assertThat(perSecond
                            / DevicePeaks.of("NVIDIA A100-SXM4-80GB", ComputeType.BF16)
                                    .flops())
                    .isCloseTo(0.293630, within(1e-6));
            assertThat(perSecond
                            / DevicePeaks.of("NVIDIA H100 80GB HBM3", ComputeType.FP16)
                                    .flops())
                    .isCloseTo(0.092594, within(1e-6));
        }

        @Test
        void ofAStepAgainstTheBandwidthIsTheOracles() {
            DevicePeak a40 = DevicePeaks.of("NVIDIA A40", ComputeType.BF16);
            double mbu = llama.stepBytes(1, 512).orElseThrow()
                    / (0.030 * a40.bytesPerSecond().orElseThrow());
            assertThat(mbu).isCloseTo(0.772396, within(1e-6));
        }
    }

    @Nested
    class Refusals {
        @Test
        void nameTheArchitectureAndWhatToSetInstead() {
            assertThatThrownBy(() -> shape(Configs.LLAMA_3_8B.replace("LlamaForCausalLM", "DeepseekV32ForCausalLM")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("holds the architecture `DeepseekV32ForCausalLM`, whose cost is not known")
                    .hasMessageEndingWith("; set `parameters` or `flopsPerToken` instead of `config`");
        }

        @Test
        void nameTheFieldThatIsMissing() {
            assertThatThrownBy(() -> shape(Configs.LLAMA_3_8B.replace("\"hidden_size\": 4096,", "")))
                    .hasMessage("lacks `hidden_size`, which the cost of a LlamaForCausalLM depends on;"
                            + " set `parameters` or `flopsPerToken` instead of `config`");
        }

        @Test
        void nameTheFieldThatIsNoNumber() {
            assertThatThrownBy(() ->
                            shape(Configs.LLAMA_3_8B.replace("\"hidden_size\": 4096,", "\"hidden_size\": \"wide\",")))
                    .hasMessageStartingWith("`hidden_size` must be a whole number, but was \"wide\"");
        }

        @Test
        void sayThatATextIsNoJson() {
            assertThatThrownBy(() -> shape("{\n  architectures"))
                    .hasMessageStartingWith("is not JSON: ")
                    .hasMessageEndingWith(" in line 2");
            assertThatThrownBy(() -> shape("[1]")).hasMessageStartingWith("must be a JSON object");
        }

        @Test
        void nameAQuantisationThatIsNotKnown() {
            assertThatThrownBy(() -> shape(Configs.LLAMA_3_8B.replace(
                            "\"tie_word_embeddings\"",
                            "\"quantization_config\": {\"quant_method\": \"magic\"}, \"tie_word_embeddings\"")))
                    .hasMessageStartingWith("holds the quantisation `magic`, whose storage is not known");
        }
    }
}
