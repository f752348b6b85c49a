package dev.llmload.analysis;

import java.util.Arrays;

/** What may be asked of two samples. */
final class Samples {
    private Samples() {}

    static void check(double[] first, double[] second) {
        if (first.length == 0 || second.length == 0) {
            throw new IllegalArgumentException("a comparison takes at least one value on each side, but there were "
                    + first.length + " and " + second.length);
        }
        if (Arrays.stream(first).anyMatch(Double::isNaN)
                || Arrays.stream(second).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a sample must not hold NaN, which has no rank");
        }
    }

    static double checkConfidence(double confidence) {
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be above 0.5 and below 1, but was " + confidence);
        }
        return confidence;
    }
}
