package dev.llmload.result;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Distributions as text: an HdrHistogram of three digits, compressed, in base64. Latencies are in nanoseconds; speeds
 * in thousandths of a token per second, because a histogram holds whole numbers.
 */
public final class Histograms {
    private Histograms() {}

    /**
     * As text.
     *
     * @param metric which metric; decides the unit
     * @param values a distribution that is present
     */
    public static String encode(Metric metric, Distribution values) {
        Histogram histogram =
                canonical(values, (int) Math.rint(1 / metric.kind().histogramStep()));
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
    }

    /**
     * The histogram of such a text.
     *
     * @param text from {@link #encode}
     * @throws IllegalArgumentException if it is none
     */
    public static Histogram decode(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(
                    "a histogram must be a compressed HdrHistogram in base64, but was \"" + text + "\"", e);
        }
    }

    // Recorded anew: the same values give the same text, however they were held before.
    private static Histogram canonical(Distribution values, int stepsPerUnit) {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        if (values.isExact()) {
            for (double value : values.sortedValues()) {
                histogram.recordValue(Math.max(0, Math.round(value * stepsPerUnit)));
            }
        } else {
            values.toHistogram()
                    .recordedValues()
                    .forEach(v -> histogram.recordValueWithCount(
                            Math.round(v.getValueIteratedTo() * values.unit() * stepsPerUnit),
                            v.getCountAddedInThisIterationStep()));
        }
        return histogram;
    }
}
