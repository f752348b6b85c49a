package dev.llmload.model;

import dev.llmload.model.Tensor.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a decoder is made of, layer by layer. Confined to one thread. */
final class Blueprint {
    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<Attention, Integer> attention = new LinkedHashMap<>();
    private int experts;
    private int expertsPerToken;
    private long recurrentFlops;
    private long stateElements;

    void add(String module, Part part, long... sizes) {
        long weights = 1;
        for (long size : sizes) {
            weights = Math.multiplyExact(weights, size);
        }
        if (weights > 0) {
            tensors.add(new Tensor(module, part, weights));
        }
    }

    /** A matrix of every token, and its bias if it has one. */
    void linear(String module, long in, long out, boolean bias) {
        add(module, Part.MATRIX, in, out);
        if (bias) {
            add(module, Part.SMALL, out);
        }
    }

    void attends(Attention layer) {
        attention.merge(layer, 1, Integer::sum);
    }

    /** A layer whose cost for a token does not depend on the context. */
    void recurs(long flopsPerToken, long stateOfASequence) {
        recurrentFlops = Math.addExact(recurrentFlops, flopsPerToken);
        stateElements = Math.addExact(stateElements, stateOfASequence);
    }

    void chooses(int count, int perToken) {
        experts = count;
        expertsPerToken = perToken;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    /** Layers of each kind of attention. */
    Map<Attention, Integer> attention() {
        return attention;
    }

    int experts() {
        return experts;
    }

    int expertsPerToken() {
        return expertsPerToken;
    }

    /** FLOPs of a token in all layers that keep a state in place of keys and values. */
    long recurrentFlops() {
        return recurrentFlops;
    }

    /** Numbers in the states of one sequence, all layers. */
    long stateElements() {
        return stateElements;
    }
}
