package dev.llmload.metric;

import dev.llmload.result.Metric;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Where a level's numbers come from: the steady window, or the whole run if that window never opened, has no request,
 * or is shorter than twice the median end-to-end time.
 *
 * @param window the chosen one
 * @param note why it is the whole run; empty if it is not
 */
record WindowChoice(Window window, String note) {
    static WindowChoice of(LevelRecording m, Merged merged) {
        if (!m.windowOpened()) {
            return wholeRun(
                    m,
                    m.level().isOpen()
                            ? "the steady window never opened, because the level was over within its lead-in"
                            : "the steady window never opened, because not every user finished a request in time");
        }
        boolean sampled = merged.overflow().requests() > 0
                || inWindow(merged.records()).findAny().isPresent();
        if (!sampled) {
            return wholeRun(m, "no request was sent in the steady window");
        }
        Window steady = m.steady();
        long length = steady.closeNanos() - steady.openNanos();
        double median = medianE2e(merged.records());
        if (length <= 0 || length < 2 * median) {
            return wholeRun(
                    m,
                    "the steady window of " + DurationText.of(Duration.ofNanos(length))
                            + " is shorter than twice the median e2e ("
                            + DurationText.of(Duration.ofNanos(Math.round(median))) + ")");
        }
        return new WindowChoice(
                new Window(
                        Window.Kind.STEADY,
                        steady.openNanos(),
                        steady.closeNanos(),
                        steady.wholeRun(),
                        steady.endedBy()),
                "");
    }

    private static WindowChoice wholeRun(LevelRecording m, String why) {
        Window run = m.wholeRun();
        Window window =
                new Window(Window.Kind.WHOLE_RUN, run.openNanos(), run.closeNanos(), run.wholeRun(), run.endedBy());
        return new WindowChoice(window, why + "; the numbers are those of the whole run, start-up and drain included");
    }

    // Of the sample, else of all requests; 0 if nothing succeeded, so that any window is long enough.
    private static double medianE2e(List<RequestRecord> records) {
        OptionalDouble sample = medianOf(inWindow(records));
        return (sample.isPresent() ? sample : medianOf(records.stream())).orElse(0);
    }

    private static OptionalDouble medianOf(Stream<RequestRecord> records) {
        return Medians.of(
                records.filter(RequestRecord::succeeded).toList(),
                record -> RequestValues.of(Metric.SERVICE_E2E, record));
    }

    private static Stream<RequestRecord> inWindow(List<RequestRecord> records) {
        return records.stream().filter(record -> record.phase() == Phase.WINDOW);
    }
}
