package dev.llmload.model;

import java.util.List;

/**
 * The numbers of a transformer decoder that its cost depends on.
 *
 * @param architecture its class in the configuration
 * @param parameters all of them
 * @param activeParameters those that take part in a token: with a mixture of experts only the chosen ones
 * @param layerMatmulWeights M: weights of all matrix products of all layers that take part in a token
 * @param headWeights V·d, the output head
 * @param layers L
 * @param window layers that attend to a limited number of positions
 * @param queryWidth h·dh, query heads by their size
 * @param kvBytesPerToken of keys and values of all layers
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
        int layers,
        SlidingWindow window,
        long queryWidth,
        double kvBytesPerToken,
        double weightBytes,
        Experts experts,
        ComputeType computeType,
        List<String> notes) {
    Shape {
        notes = List.copyOf(notes);
    }

    /**
     * Sliding-window attention.
     *
     * @param layers that have it, 0 for none
     * @param tokens that a position attends to at most
     */
    record SlidingWindow(int layers, long tokens) {
        static final SlidingWindow NONE = new SlidingWindow(0, 0);
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
