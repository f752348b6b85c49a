package dev.llmload.metric;

import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.measured.Values;
import dev.llmload.result.request.RequestRecord;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
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
        return of(sample, level, notAStream, Reading.MEASURED);
    }

    /** The same of values that are read in another way. */
    static Map<Metric, Distribution> of(Sample sample, Level level, String notAStream, Reading reading) {
        Map<Metric, Distribution> made = new EnumMap<>(Metric.class);
        SampleSlices slices = SampleSlices.of(sample.requests());
        for (Metric metric : RequestValues.METRICS) {
            Metric values = level.valuesOf(metric);
            made.put(metric, made.computeIfAbsent(values, each -> distribution(each, sample, slices, reading)));
        }
        made.put(Metric.ITL, itl(sample, reading.gaps().apply(sample), slices.usual()));
        if (!notAStream.isEmpty()) {
            for (Metric metric : new Metric[] {Metric.TPOT, Metric.ITL, Metric.OUTPUT_SPEED}) {
                made.put(metric, Values.absent(notAStream));
            }
        }
        return made;
    }

    /** Some of them, under the names that they have at that level. */
    static Map<Metric, Distribution> wanted(Set<Metric> metrics, Sample sample, Level level) {
        Map<Metric, Distribution> made = new EnumMap<>(Metric.class);
        SampleSlices slices = SampleSlices.of(sample.requests());
        metrics.forEach(
                metric -> made.put(metric, distribution(level.valuesOf(metric), sample, slices, Reading.MEASURED)));
        return made;
    }

    /** Some of them. */
    static Map<Metric, Distribution> some(Set<Metric> metrics, Sample sample, Reading reading) {
        Map<Metric, Distribution> made = new EnumMap<>(Metric.class);
        SampleSlices slices = SampleSlices.of(sample.requests());
        metrics.forEach(metric -> made.put(metric, distribution(metric, sample, slices, reading)));
        return made;
    }

    /**
     * How values are read.
     *
     * @param value of one record
     * @param beyond those of the requests that are not kept
     * @param gaps between arrivals
     */
    record Reading(
            ToDoubleBiFunction<Metric, RequestRecord> value,
            Function<Overflow.Sums, ValueHistograms> beyond,
            Function<Sample, Histogram> gaps) {
        /** As they were measured. */
        static final Reading MEASURED = new Reading(RequestValues::of, sums -> sums.values, Sample::gaps);

        /** Without what the client may have added. */
        static Reading best(OwnTime own) {
            return new Reading(own::best, sums -> sums.best, own.counts() ? Sample::gapsAtLeast : Sample::gaps);
        }

        /** With what the client may have hidden. */
        static Reading worst(OwnTime own) {
            return new Reading(own::worst, sums -> sums.values, Sample::gaps);
        }
    }

    private static Distribution distribution(Metric metric, Sample sample, SampleSlices slices, Reading reading) {
        double[] values = new double[sample.requests().size()];
        int[] slice = new int[values.length];
        int count = 0;
        long failed = sample.beyond().values.failed(metric);
        for (RequestRecord record : sample.requests()) {
            double value =
                    RequestValues.counts(metric, record) ? reading.value().applyAsDouble(metric, record) : Double.NaN;
            if (!Double.isNaN(value)) {
                slice[count] = slices.of(record);
                values[count++] = value;
            }
            failed += RequestValues.failed(metric, record) ? 1 : 0;
        }
        if (sample.exact()) {
            return count > 0
                    ? Values.inTime(Arrays.copyOf(values, count), slice, slices.failures(sample.requests(), metric))
                    : empty(metric, sample, failed);
        }
        return inHistogram(metric, sample, slices, reading, failed);
    }

    /** Of more requests than are kept: those that are, and the sums of the others. */
    private static Distribution inHistogram(
            Metric metric, Sample sample, SampleSlices slices, Reading reading, long failed) {
        ValueHistograms all = new ValueHistograms(reading.value());
        all.addAll(metric, reading.beyond().apply(sample.beyond()));
        sample.requests().forEach(record -> all.add(metric, record));
        double step = metric.kind().histogramStep();
        Histogram histogram = all.histogram(metric);
        return histogram.getTotalCount() > 0
                ? Values.ofHistogram(histogram, step, failed, all.inTime(metric).slices(step, slices.usual()))
                : empty(metric, sample, failed);
    }

    private static Distribution itl(Sample sample, Histogram gaps, double usual) {
        if (gaps.getTotalCount() > 0) {
            double step = Metric.ITL.kind().histogramStep();
            return Values.ofHistogram(gaps, step, 0, sample.gapsInTime().slices(step, usual));
        }
        return Values.absent(
                sample.counts().attempted() == 0 ? NOTHING_ATTEMPTED : "no answer arrived in more than one piece");
    }

    private static Distribution empty(Metric metric, Sample sample, long failed) {
        if (sample.counts().attempted() == 0) {
            return Values.absent(NOTHING_ATTEMPTED);
        }
        if (sample.counts().succeeded() == 0) {
            return failed > 0
                    ? Values.of(new double[0], failed) // says so, and keeps how many failed
                    : Values.absent("no request got so far before it was cut off");
        }
        return Values.absent(reason(metric, sample));
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
