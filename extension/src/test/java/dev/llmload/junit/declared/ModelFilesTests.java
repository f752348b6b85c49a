package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.junit.ComputeType;
import dev.llmload.model.ModelCost;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTests {
    private static final String LLAMA_3_8B = """
            {"architectures": ["LlamaForCausalLM"], "hidden_size": 4096, "intermediate_size": 14336,
             "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256,
             "torch_dtype": "bfloat16"}
            """;
    private static final String NVFP4 = """
            {"producer": {"name": "modelopt", "version": "0.23.0"},
             "quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8", "group_size": 16,
                              "exclude_modules": ["lm_head"]}}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("models/llama"));
        Files.writeString(folder.resolve("models/llama/config.json"), LLAMA_3_8B);
        Files.writeString(folder.resolve("config.json"), LLAMA_3_8B);
    }

    private ModelFiles files() throws MalformedURLException {
        return new ModelFiles(new URLClassLoader(new URL[] {folder.toUri().toURL()}, null));
    }

    private static double bytes(ModelCost cost) {
        return cost.stepBytes(1, 0).orElseThrow();
    }

    @Test
    void withoutAFileBeside_theConfigurationSaysAll() throws IOException {
        for (String place : new String[] {
            "classpath:/models/llama/config.json",
            "classpath:config.json",
            folder.resolve("config.json").toString()
        }) {
            ModelCost cost = files().cost(place, 16);
            assertThat(bytes(cost)).isEqualTo(16_060_522_496.0);
            assertThat(cost.computeType()).isEqualTo(ComputeType.BF16);
        }
    }

    @Test
    void theFileBeside_saysHowWeightsAreStored() throws IOException {
        Files.writeString(folder.resolve("models/llama/hf_quant_config.json"), NVFP4);
        Files.writeString(folder.resolve("hf_quant_config.json"), NVFP4);
        for (String place : new String[] {
            "classpath:/models/llama/config.json",
            "classpath:config.json",
            folder.resolve("models/llama/config.json").toString()
        }) {
            ModelCost cost = files().cost(place, 16);
            assertThat(bytes(cost)).isCloseTo(6_027_747_328.0, within(1.0));
            assertThat(cost.computeType()).isEqualTo(ComputeType.FP4);
            assertThat(cost.notes())
                    .contains("The configuration asks for a key-value cache of 8 bits, `kvCacheBits` is 16.");
        }
    }

    @Test
    void aFileBesideThatIsNoJson_isSaid() throws IOException {
        Files.writeString(folder.resolve("hf_quant_config.json"), "{");
        assertThatThrownBy(() -> files().cost("classpath:config.json", 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("its `hf_quant_config.json` is not JSON: ");
    }

    @Test
    void aConfigurationThatIsNotThere_isSaid() {
        assertThatThrownBy(() -> files().cost("classpath:/models/none.json", 16))
                .hasMessage("`classpath:/models/none.json` is not on the class path");
        assertThatThrownBy(() -> files().cost("/no/such/config.json", 16))
                .hasMessage("`/no/such/config.json` cannot be read: there is no such file");
        assertThatThrownBy(() -> files().cost(folder.toString(), 16)).hasMessageContaining("cannot be read");
    }
}
