package dev.llmload.junit.run;

import dev.llmload.report.PhaseSpan;
import dev.llmload.result.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When a level's phases were, by the clock on the wall. */
final class Phases {
    private Phases() {}

    /**
     * Ramp-in, window and drain of a level that has just ended; only the window if all of the run counts.
     *
     * @param wholeRun from the first request sent to the last response closed
     * @param window where the numbers come from
     */
    static List<PhaseSpan> of(Window wholeRun, Window window) {
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        Instant first = now.minusNanos(nanos - wholeRun.openNanos());
        Instant open = now.minusNanos(nanos - window.openNanos());
        Instant close = now.minusNanos(nanos - window.closeNanos());
        Instant last = now.minusNanos(nanos - wholeRun.closeNanos());
        List<PhaseSpan> phases = new ArrayList<>();
        if (first.isBefore(open)) {
            phases.add(new PhaseSpan("ramp-in", first, open));
        }
        phases.add(new PhaseSpan(window.kind() == Window.Kind.STEADY ? "window" : "whole run", open, close));
        if (close.isBefore(last)) {
            phases.add(new PhaseSpan("drain", close, last));
        }
        return phases;
    }
}
