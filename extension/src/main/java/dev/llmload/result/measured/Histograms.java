package dev.llmload.result.measured;

import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
     * As text; the same values give the same text, however they were held before.
     *
     * @param metric which metric; decides the unit
     * @param values a distribution that is present
     */
    public static String encode(Metric metric, Distribution values) {
        Histogram histogram = Values.of(values).toHistogram(metric.kind().histogramStep());
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * The distribution of such a text.
     *
     * @param metric which metric; decides the unit
     * @param text from {@link #encode}
     * @param failed requests that failed and so have no value, at least 0
     * @throws IllegalArgumentException if it is none
     */
    public static Distribution decode(Metric metric, String text, long failed) {
        return Values.ofHistogram(histogram(text), metric.kind().histogramStep(), failed);
    }

    static Histogram histogram(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(
                    "a histogram must be a compressed HdrHistogram in base64, but was \"" + text + "\"", e);
        }
    }
}
