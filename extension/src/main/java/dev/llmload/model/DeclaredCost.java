package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The cost of a model of which only a number is known: {@code F = f·(P−C+O)}, where f is twice the parameters unless it is
 * given itself.
 */
final class DeclaredCost implements ModelCost {
    private final double flopsPerToken;
    private final OptionalDouble parameters;

    private DeclaredCost(double flopsPerToken, OptionalDouble parameters) {
        this.flopsPerToken = flopsPerToken;
        this.parameters = parameters;
    }

    static ModelCost ofParameters(double parameters) {
        return new DeclaredCost(2 * parameters, OptionalDouble.of(parameters));
    }

    static ModelCost ofFlopsPerToken(double flops, OptionalDouble parameters) {
        return new DeclaredCost(flops, parameters);
    }

    @Override
    public double prefillFlops(long prompt, long cached) {
        return flopsPerToken * (prompt - cached);
    }

    @Override
    public double decodeFlops(long prompt, long output) {
        return flopsPerToken * output;
    }

    @Override
    public OptionalDouble activeParameters() {
        return parameters;
    }

    @Override
    public OptionalDouble stepBytes(double batch, double contextTokens) {
        return OptionalDouble.empty();
    }

    @Override
    public ComputeType computeType() {
        return ComputeType.AUTO;
    }

    @Override
    public List<String> notes() {
        return List.of("The model's FLOPs are declared per token: attention not counted.");
    }
}
