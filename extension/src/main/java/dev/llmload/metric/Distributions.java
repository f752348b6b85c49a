package dev.llmload.metric;

import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestRecord;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The distributions of a sample. A failed request is no value but stays attached, so that it ranks above every latency
 * and below every speed. ITL, whose values are gaps and not requests, has the gaps of all requests up to their end or failure,
 * and a failure adds none: it would weigh as one gap or a thousand, by the length of the answer. A success without a value (only reasoning, a single token) is neither a value nor a failure.
 */
final class Distributions {
    static final String NO_USAGE = "the server sent no usage that counts output tokens, so their number is unknown"
            + " (tokenCount = EVENTS counts events instead, and marks it)";

    private static final String NOTHING_ATTEMPTED = "no request was attempted";

    private Distributions() {}

    /**
     * All of them.
     *
     * @param level decides from which instant latencies count
     * @param notAStream why time between tokens means nothing here; empty if it does
     */
    static Map<Metric, Distribution> of(Sample sample, Level level, String notAStream) {
        Map<Metric, Distribution> made = new EnumMap<>(Metric.class);
        SampleSlices slices = SampleSlices.of(sample.requests());
        for (Metric metric : RequestValues.METRICS) {
            Metric values = level.valuesOf(metric);
            made.put(metric, made.computeIfAbsent(values, each -> distribution(each, sample, slices)));
        }
        made.put(Metric.ITL, itl(sample));
        if (!notAStream.isEmpty()) {
            for (Metric metric : new Metric[] {Metric.TPOT, Metric.ITL, Metric.OUTPUT_SPEED}) {
                made.put(metric, Distribution.absent(notAStream));
            }
        }
        return made;
    }

    private static Distribution distribution(Metric metric, Sample sample, SampleSlices slices) {
        double[] values = new double[sample.requests().size()];
        int[] slice = new int[values.length];
        int count = 0;
        long failed = sample.beyond().values.failed(metric);
        for (RequestRecord record : sample.requests()) {
            double value = RequestValues.counts(metric, record) ? RequestValues.of(metric, record) : Double.NaN;
            if (!Double.isNaN(value)) {
                slice[count] = slices.of(record);
                values[count++] = value;
            }
            failed += RequestValues.failed(metric, record) ? 1 : 0;
        }
        values = Arrays.copyOf(values, count);
        if (sample.exact()) {
            return count > 0
                    ? Distribution.inTime(values, slice, slices.failures(sample.requests(), metric))
                    : empty(metric, sample, failed);
        }
        Histogram histogram = sample.beyond().values.histogram(metric).copy();
        double step = metric.kind().histogramStep();
        for (double value : values) {
            histogram.recordValue(Math.round(value / step));
        }
        return histogram.getTotalCount() > 0
                ? Distribution.ofHistogram(histogram, step, failed)
                : empty(metric, sample, failed);
    }

    private static Distribution itl(Sample sample) {
        if (sample.gaps().getTotalCount() > 0) {
            return Distribution.ofHistogram(sample.gaps(), 0);
        }
        return Distribution.absent(
                sample.counts().attempted() == 0 ? NOTHING_ATTEMPTED : "no answer arrived in more than one piece");
    }

    private static Distribution empty(Metric metric, Sample sample, long failed) {
        if (sample.counts().attempted() == 0) {
            return Distribution.absent(NOTHING_ATTEMPTED);
        }
        if (sample.counts().succeeded() == 0) {
            return failed > 0
                    ? Distribution.ofValues(new double[0], failed) // says so, and keeps how many failed
                    : Distribution.absent("no request got so far before it was cut off");
        }
        return Distribution.absent(reason(metric, sample));
    }

    private static String reason(Metric metric, Sample sample) {
        boolean noUsage = sample.tokens().withUsage() == 0;
        return switch (metric) {
            case TTFO, SERVICE_TTFO -> "no answer had a token other than reasoning";
            case TTFT_PER_PROMPT_TOKEN ->
                sample.promptsKnown()
                        ? "every prompt came whole from the server's cache"
                        : "the number of prompt tokens is unknown";
            case TPOT, OUTPUT_SPEED -> noUsage ? NO_USAGE : "no answer had tokens after its first event";
            case REQUEST_SPEED -> noUsage ? NO_USAGE : "no answer took any time";
            case CONNECT -> "the time that connecting took is not known";
            default -> "no request had a value";
        };
    }
}
