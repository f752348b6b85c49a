package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations as they are published, and what they come to. */
class KnownModelsTests {
    static List<KnownModel> models() {
        return KnownModel.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void comeToTheirPublishedTotals(KnownModel model) {
        Shape shape = model.shape();
        assertThat(ModelConfig.parse(model.config()).family()).isEqualTo(model.family());
        assertThat(shape.parameters()).isEqualTo(model.parameters());
        assertThat(shape.activeParameters()).isEqualTo(model.active());
        assertThat(shape.weightBytes()).isCloseTo(model.weightBytes(), within(1.0));
        assertThat(shape.computeType()).isEqualTo(model.computeType());
        assertThat(shape.kvBytesPerToken()).isEqualTo(model.kvBytes());
    }

    @Test
    void everyFamilyHasOne() {
        assertThat(models().stream().map(KnownModel::family).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Family.values()));
    }

    @Test
    void noNameIsOfTwoFamilies() {
        assertThat(Arrays.stream(Family.values()).flatMap(family -> family.names().stream()))
                .doesNotHaveDuplicates();
    }

    /** The tensors of a checkpoint hold a layer more: its attention, experts, norms, a projection, and two embeddings. */
    @Nested
    class WithTheLayerThatPredictsAhead {
        @Test
        void glm45HasTheParametersOfItsCheckpoint() {
            long width = 5120;
            long attention = 2 * width * 96 * 128 + 2 * width * 8 * 128 + (96 + 2 * 8) * 128 + 2 * 128;
            long experts = (160 + 1) * 3 * width * 1536 + 160 * width + 160;
            long ahead = 2 * width * width + 2 * 151552 * width + 3 * width;
            assertThat(KnownModel.named("glm-4.5").parameters() + attention + experts + 2 * width + ahead)
                    .isEqualTo(358_337_791_296L);
        }

        @Test
        void glm45AirHasTheParametersOfItsCheckpoint() {
            long width = 4096;
            long attention = 2 * width * 96 * 128 + 2 * width * 8 * 128 + (96 + 2 * 8) * 128;
            long experts = (128 + 1) * 3 * width * 1408 + 128 * width + 128;
            long ahead = 2 * width * width + 2 * 151552 * width + 3 * width;
            assertThat(KnownModel.named("glm-4.5-air").parameters() + attention + experts + 2 * width + ahead)
                    .isEqualTo(110_468_824_832L);
        }

        @Test
        void qwen3NextHasTheParametersOfItsCheckpoint() {
            long width = 2048;
            long attention = 3 * width * 16 * 256 + 2 * width * 2 * 256 + 2 * 256;
            long experts = (512 + 1) * 3 * width * 512 + 512 * width + width;
            long ahead = 2 * width * width + 3 * width;
            assertThat(KnownModel.named("qwen3-next-80b-a3b").parameters() + attention + experts + 2 * width + ahead)
                    .isEqualTo(81_324_862_720L);
        }
    }

    @Nested
    class ActiveParameters {
        /** The model cards leave out the input embedding, which is a look-up. */
        @Test
        void ofGptOssAreThoseOfItsCard() {
            long embedding = 201088L * 2880;
            assertThat((KnownModel.named("gpt-oss-20b").active() - embedding) / 1e9)
                    .isCloseTo(3.61, within(0.005));
            assertThat((KnownModel.named("gpt-oss-120b").active() - embedding) / 1e9)
                    .isCloseTo(5.13, within(0.005));
        }

        @Test
        void ofDeepSeekV3AreThoseOfItsCard() {
            long embedding = 129280L * 7168;
            assertThat((KnownModel.named("deepseek-v3").active() - embedding) / 1e9)
                    .isCloseTo(36.6, within(0.05));
        }
    }

    @Nested
    class Attention {
        @Test
        void thatIsLatentKeepsOneVectorAToken() {
            // 512 and 64 numbers in each of 61 layers, at 2 bytes; ordinary keys and values would be 128 heads of 192
            // and 128
            assertThat(KnownModel.named("deepseek-v3").shape().kvBytesPerToken())
                    .isEqualTo(61 * (512 + 64) * 2);
        }

        @Test
        void thatIsLatentCostsItsHeadsUnpacked() {
            ModelCost cost = ModelCosts.ofConfig(KnownModel.config("deepseek-v3"), 16);
            Shape shape = KnownModel.named("deepseek-v3").shape();
            double pairs = 1000.0 * 1001 / 2;
            assertThat(cost.prefillFlops(1000, 0))
                    .isEqualTo(2.0 * shape.layerMatmulWeights() * 1000
                            + 2.0 * shape.headWeights()
                            + 61 * 2.0 * 128 * (128 + 64 + 128) * pairs);
        }

        @Test
        void inChunksBeginsAnewWithEach() {
            Reach chunk = new Reach(Reach.Kind.CHUNK, 4);
            assertThat(chunk.pairs(10)).isEqualTo(10 + 10 + 3);
            assertThat(chunk.kept(3)).isEqualTo(3);
            assertThat(chunk.kept(100)).isEqualTo(2.5);
        }

        @Test
        void inWindowsReadsNoMoreOfTheCacheThanTheWindow() {
            Shape gemma = KnownModel.named("gemma-3-4b").shape();
            ModelCost cost = new TransformerCost(gemma);
            double weights = gemma.weightBytes();
            double oneLayer = 2 * 4 * 256 * 2; // keys and values, 4 heads of 256, 2 bytes
            assertThat(cost.stepBytes(1, 1000).orElseThrow()).isEqualTo(weights + 34 * oneLayer * 1000);
            // of 34 layers every sixth is full: 5
            assertThat(cost.stepBytes(1, 5000).orElseThrow())
                    .isEqualTo(weights + 29 * oneLayer * 1024 + 5 * oneLayer * 5000);
            assertThat(cost.stepBytes(2, 10_000).orElseThrow())
                    .isEqualTo(weights + 2 * (29 * oneLayer * 1024 + 5 * oneLayer * 5000));
        }

        @Test
        void thatIsLinearCostsEveryTokenTheSame() {
            Shape shape = KnownModel.named("qwen3-next-80b-a3b").shape();
            // in 36 of 48 layers: 32 states of 128 by 128, touched three times, and a convolution of 4 over 8192
            assertThat(shape.recurrentFlops()).isEqualTo(36 * (6 * 32 * 128 * 128 + 2 * 4 * 8192));
            assertThat(shape.stateBytes()).isEqualTo(36 * (32 * 128 * 128 + 4 * 8192) * 2);
            assertThat(shape.attention().values()).containsExactly(12);
        }
    }
}
