package dev.llmload.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The cost of a transformer decoder whose shape is known (docs/metrics.md):
 * {@code F = 2·M·(P−C+O−1) + 2·V·d·O + 4·L·h·dh·(Σ k, k=C+1..P + Σ (P+i), i=1..O−1)}. In a layer with a sliding window no
 * position attends to more than the window.
 *
 * @param shape of the model
 */
record TransformerCost(Shape shape) implements ModelCost {
    @Override
    public double prefillFlops(long prompt, long cached) {
        return 2.0 * shape.layerMatmulWeights() * (prompt - cached)
                + 2.0 * shape.headWeights()
                + attention(prompt)
                - attention(cached);
    }

    @Override
    public double decodeFlops(long prompt, long output) {
        return 2.0 * (shape.layerMatmulWeights() + shape.headWeights()) * (output - 1)
                + attention(prompt + output - 1)
                - attention(prompt);
    }

    /** FLOPs of attention of the first {@code n} positions of a sequence, all layers. */
    private double attention(long n) {
        int windowed = shape.window().layers();
        double full = (shape.layers() - windowed) * sum(n);
        double capped = windowed == 0 ? 0 : windowed * sumUpTo(n, shape.window().tokens());
        return 4.0 * shape.queryWidth() * (full + capped);
    }

    private static double sum(long n) {
        return 0.5 * n * (n + 1.0);
    }

    private static double sumUpTo(long n, long most) {
        return n <= most ? sum(n) : sum(most) + (n - most) * (double) most;
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
        return OptionalDouble.of(weights + contextTokens * shape.kvBytesPerToken());
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
