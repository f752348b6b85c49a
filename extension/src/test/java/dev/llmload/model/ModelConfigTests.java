package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which numbers a configuration gives, which its class gives in their place, and what is refused. */
class ModelConfigTests {
    private static final String INSTEAD = "; set `parameters` or `flopsPerToken` instead of `config`";
    private static final String LLAMA = KnownModel.config("llama-3-8b");
    private static final String GEMMA_3_4B = KnownModel.config("gemma-3-4b");

    private static Shape shape(String config) {
        return ConfigShape.of(ModelConfig.parse(config), 16);
    }

    /** With one more field at the front of the object, or of its language model's part. */
    private static String with(String config, String field) {
        return config.contains("\"text_config\": {")
                ? config.replace("\"text_config\": {", "\"text_config\": {" + field + ", ")
                : config.replaceFirst("\\{", "{" + field + ", ");
    }

    private static String without(String config, String field) {
        return config.replaceFirst("\"" + field + "\": [^,\\[{}]*,\\s*", "");
    }

    @Nested
    class NumbersThatAreLeftOut {
        @Test
        void areThoseOfTheClass_inAPartOfALargerModel() {
            Shape shape = shape(GEMMA_3_4B);
            assertThat(shape.parameters()).isEqualTo(3_880_263_168L);
            assertThat(shape.notes())
                    .contains("The configuration leaves these to the defaults of its class: vocab_size 262208,"
                            + " num_attention_heads 8, num_key_value_heads 4.");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"num_attention_heads\": 8",
                    "\"num_key_value_heads\": 4",
                    "\"vocab_size\": 262208",
                    "\"num_attention_heads\": 8, \"num_key_value_heads\": 4",
                    "\"num_attention_heads\": 8, \"num_key_value_heads\": 4, \"vocab_size\": 262208",
                    "\"head_dim\": 256"
                })
        void changeNothing_whenSomeOfThemAreAddedByHand(String field) {
            // its heads are 256 wide, not hidden size over heads
            assertThat(shape(with(GEMMA_3_4B, field)).parameters()).isEqualTo(3_880_263_168L);
        }

        @ParameterizedTest
        @CsvSource({
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "vocab_size",
        })
        void areRefusedInAFileOfItsOwn_whichTheLibraryWritesWhole(String field) {
            assertThatThrownBy(() -> shape(without(LLAMA, field)))
                    .hasMessage("lacks `" + field + "`, which the cost of a LlamaForCausalLM depends on" + INSTEAD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "kv_lora_rank",
                    "q_lora_rank",
                    "n_routed_experts",
                    "n_shared_experts",
                    "first_k_dense_replace"
                })
        void areRefused_whereAnotherConstructionWouldComeOut(String field) {
            assertThatThrownBy(() -> shape(without(KnownModel.config("deepseek-v3"), field)))
                    .hasMessage(
                            "lacks `" + field + "`, which the cost of a DeepseekV3ForCausalLM depends on" + INSTEAD);
        }

        @Test
        void nullHeadsOfKeys_areAsManyAsThoseOfQueries() {
            String config = LLAMA.replace("\"num_key_value_heads\": 8", "\"num_key_value_heads\": null");
            assertThat(shape(config).kvBytesPerToken()).isEqualTo(4 * 131_072);
        }

        @Test
        void aWindow_isThatOfTheClass_andNullIsNone() {
            String mistral = KnownModel.config("mistral-7b-v0.1");
            assertThat(shape(mistral).attention().keySet())
                    .extracting(Attention::reach)
                    .containsExactly(new Reach(Reach.Kind.WINDOW, 4096));
            assertThat(shape(mistral.replace("\"sliding_window\": 4096", "\"sliding_window\": null"))
                            .attention()
                            .keySet())
                    .extracting(Attention::reach)
                    .containsExactly(Reach.FULL);
        }
    }

    @Nested
    class ALargerModel {
        @ParameterizedTest
        @ValueSource(strings = {"text_config", "llm_config", "language_config"})
        void holdsTheLanguageModel(String place) {
            Shape shape = shape("{\"architectures\": [\"SomethingForVision\"], \"" + place + "\": " + LLAMA + "}");
            assertThat(shape.parameters()).isEqualTo(8_030_261_248L);
            assertThat(shape.architecture()).isEqualTo("LlamaForCausalLM");
        }

        @Test
        void mayHoldItTwoDeep() {
            assertThat(shape("{\"architectures\": [\"SomethingForSpeech\"], \"thinker_config\": {\"text_config\": "
                                    + LLAMA + "}}")
                            .parameters())
                    .isEqualTo(8_030_261_248L);
        }

        @Test
        void whosePartDoesNotSayWhatItIs_isWhatTheWholeSays() {
            String config = GEMMA_3_4B.replace("\"model_type\": \"gemma3_text\",", "");
            assertThat(shape(config).parameters()).isEqualTo(3_880_263_168L);
        }

        @Test
        void thatIsFlat_isCountedWithoutItsEyes() {
            assertThat(KnownModel.named("qwen2.5-vl-7b").shape().notes())
                    .containsExactly("Only the language model is counted, not what reads images or sound.");
        }
    }

    @Nested
    class JsonOfPython {
        @Test
        void infinity_isRead_andTheArchitectureIsNamed() {
            assertThatThrownBy(() -> shape(KnownModel.config("refused-nemotron-h")))
                    .hasMessageStartingWith(
                            "holds the architecture `NemotronHForCausalLM`, whose cost is not known; known are")
                    .hasMessageEndingWith(INSTEAD);
        }

        @ParameterizedTest
        @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "[0.0, Infinity]"})
        void numbersThatAreNone_changeNothing(String number) {
            assertThat(shape(with(LLAMA, "\"time_step_limit\": " + number)).parameters())
                    .isEqualTo(8_030_261_248L);
        }

        @Test
        void aSizeThatIsNone_isRefused() {
            assertThatThrownBy(() -> shape(LLAMA.replace("\"hidden_size\": 4096", "\"hidden_size\": Infinity")))
                    .hasMessageStartingWith("`hidden_size` must be a whole number, but was ");
        }

        @Test
        void aByteOrderMark_isSkipped() {
            assertThat(shape("\uFEFF" + LLAMA).parameters()).isEqualTo(8_030_261_248L);
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "num_local_experts | 8",
                    "n_routed_experts | 64",
                    "kv_lora_rank | 512",
                    "mamba_d_state | 128",
                    "index_topk | 2048",
                    "hybrid_override_pattern | \"M-M*\"",
                    "layers_block_type | [\"attention\", \"mamba\"]",
                    "block_configs | [{\"attention\": {}}]",
                    "num_kv_shared_layers | 15",
                    "linear_num_key_heads | 16",
                    "cross_attention_layers | [3, 8]",
                    "attn_output_gate | true",
                })
        void nameAKeyThatChangesTheCost(String key, String value) {
            assertThatThrownBy(() -> shape(with(LLAMA, "\"" + key + "\": " + value)))
                    .hasMessage("holds `" + key + "`, which changes the cost of a model and is not known of a"
                            + " LlamaForCausalLM" + INSTEAD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"num_local_experts\": 0",
                    "\"kv_lora_rank\": null",
                    "\"attn_output_gate\": false",
                    "\"layers_block_type\": []",
                    "\"rope_scaling\": {\"factor\": 8.0}",
                    "\"layer_types\": null"
                })
        void leaveAKeyAloneThatSaysNothing(String field) {
            assertThat(shape(with(LLAMA, field)).parameters()).isEqualTo(8_030_261_248L);
        }

        @Test
        void nameAKindOfAttention() {
            String types =
                    "\"layer_types\": [" + String.join(", ", Collections.nCopies(32, "\"linear_attention\"")) + "]";
            assertThatThrownBy(() -> shape(with(LLAMA, types)))
                    .hasMessage("`layer_types` holds `linear_attention`, whose cost is not known of a LlamaForCausalLM"
                            + INSTEAD);
        }

        @Test
        void nameLayersThatAreNotAsMany() {
            assertThatThrownBy(() -> shape(with(LLAMA, "\"layer_types\": [\"full_attention\"]")))
                    .hasMessage("`layer_types` must name the 32 layers, but names 1" + INSTEAD);
        }

        @Test
        void nameHeadsThatDoNotDivide() {
            assertThatThrownBy(() -> shape(LLAMA.replace("\"num_key_value_heads\": 8", "\"num_key_value_heads\": 7")))
                    .hasMessage(
                            "`num_key_value_heads` must divide the 32 of `num_attention_heads`, but was 7" + INSTEAD);
        }

        @ParameterizedTest
        @ValueSource(longs = {9_000_000_000_000_000_000L, 1L << 62})
        void nameSizesThatNoModelHas(long size) {
            assertThatThrownBy(() -> shape(LLAMA.replace("\"hidden_size\": 4096", "\"hidden_size\": " + size)))
                    .hasMessage("`hidden_size` must be a size that a model has, but was " + size + INSTEAD);
        }

        @Test
        void nameSizesThatNoModelHas_together() {
            String config = LLAMA.replace("\"vocab_size\": 128256", "\"vocab_size\": 2000000000")
                    .replace("\"intermediate_size\": 14336", "\"intermediate_size\": 2000000000")
                    .replace("\"hidden_size\": 4096", "\"hidden_size\": 2000000000");
            assertThatThrownBy(() -> shape(config)).hasMessage("has sizes that no model has" + INSTEAD);
        }

        @Test
        void nameLayersThatNoModelHas() {
            assertThatThrownBy(() ->
                            shape(LLAMA.replace("\"num_hidden_layers\": 32", "\"num_hidden_layers\": 2000000000")))
                    .hasMessage("`num_hidden_layers` must be at most 10000, but was 2000000000" + INSTEAD);
        }

        @Test
        void nameOtherArchitecturesOfToday() {
            for (String name : List.of("DeepseekV32ForCausalLM", "Qwen3_5ForConditionalGeneration", "ChatGLMModel")) {
                assertThatThrownBy(() -> shape(LLAMA.replace("LlamaForCausalLM", name)))
                        .hasMessageStartingWith("holds the architecture `" + name + "`, whose cost is not known");
            }
        }
    }
}
