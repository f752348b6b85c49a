package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a transformer decoder that its cost depends on.
 *
 * @param architecture its class in the configuration
 * @param parameters all of them
 * @param activeParameters those that take part in a token: with a mixture of experts only the chosen ones
 * @param layerMatmulWeights M: weights of all matrix products of all layers that take part in a token
 * @param headWeights V·d, the output head
 * @param attention layers of each kind of attention
 * @param recurrentFlops of a token, in layers that keep a state in place of keys and values
 * @param stateBytes that such layers keep of a sequence
 * @param kvElementBytes of a key or value in the cache
 * @param weightBytes all weights in memory
 * @param experts of a mixture; none of a dense model
 * @param computeType what {@link ComputeType#AUTO} stands for, or AUTO if the configuration does not say
 * @param notes what a reader should know
 */
record Shape(
        String architecture,
        long parameters,
        long activeParameters,
        long layerMatmulWeights,
        long headWeights,
        Map<Attention, Integer> attention,
        double recurrentFlops,
        double stateBytes,
        double kvElementBytes,
        double weightBytes,
        Experts experts,
        ComputeType computeType,
        List<String> notes) {
    Shape {
        attention = Map.copyOf(attention);
        notes = List.copyOf(notes);
    }

    /** Bytes of a token's keys and values in all layers, while it is within the reach of each. */
    double kvBytesPerToken() {
        return kvElementBytes
                * attention.entrySet().stream()
                        .mapToDouble(layer ->
                                layer.getValue() * (double) layer.getKey().kvElements())
                        .sum();
    }

    /**
     * The experts of a mixture.
     *
     * @param count per layer, 0 for a dense model
     * @param perToken chosen for each token
     * @param bytes of all of them in all layers, without what every token uses
     */
    record Experts(int count, int perToken, double bytes) {
        static final Experts NONE = new Experts(0, 0, 0);

        /** Expected share of the experts that a batch touches when each token chooses evenly. */
        double distinctShare(double batch) {
            return 1 - Math.pow(1 - (double) perToken / count, batch);
        }
    }
}
