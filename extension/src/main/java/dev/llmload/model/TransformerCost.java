package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The cost of a transformer decoder whose shape is known (docs/metrics.md):
 * {@code F = 2·M·(P−C+O−1) + 2·V·d·O + 4·L·h·dh·(Σ k, k=C+1..P + Σ (P+i), i=1..O−1)}. In a layer with a sliding window no
 * position attends to more than the window, in one with chunks to none before its chunk. Latent attention costs what its
 * keys and values cost unpacked: {@code 2·h·(dqk + dv)} a pair. A layer with a state in place of keys and values costs the
 * same for every token.
 *
 * @param shape of the model
 */
record TransformerCost(Shape shape) implements ModelCost {
    @Override
    public double prefillFlops(long prompt, long cached) {
        return (2.0 * shape.layerMatmulWeights() + shape.recurrentFlops()) * (prompt - cached)
                + 2.0 * shape.headWeights()
                + attention(prompt)
                - attention(cached);
    }

    @Override
    public double decodeFlops(long prompt, long output) {
        return (2.0 * (shape.layerMatmulWeights() + shape.headWeights()) + shape.recurrentFlops()) * (output - 1)
                + attention(prompt + output - 1)
                - attention(prompt);
    }

    /** FLOPs of attention of the first {@code n} positions of a sequence, all layers. */
    private double attention(long n) {
        return shape.attention().entrySet().stream()
                .mapToDouble(layers -> (double) layers.getValue()
                        * layers.getKey().flopsPerPair()
                        * layers.getKey().reach().pairs(n))
                .sum();
    }

    @Override
    public OptionalDouble activeParameters() {
        return OptionalDouble.of(shape.activeParameters());
    }

    @Override
    public OptionalDouble stepBytes(double batch, double contextTokens) {
        Shape.Experts experts = shape.experts();
        double share = experts.count() == 0 ? 0 : experts.distinctShare(batch);
        double weights = shape.weightBytes() - experts.bytes() * (1 - share);
        double elements = shape.attention().entrySet().stream()
                .mapToDouble(layers -> (double) layers.getValue()
                        * layers.getKey().kvElements()
                        * layers.getKey().reach().kept(contextTokens / batch))
                .sum();
        return OptionalDouble.of(weights + batch * (elements * shape.kvElementBytes() + shape.stateBytes()));
    }

    @Override
    public ComputeType computeType() {
        return shape.computeType();
    }

    @Override
    public List<String> notes() {
        return shape.notes();
    }
}
