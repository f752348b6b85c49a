package dev.llmload.load.send;

import dev.llmload.result.request.Phase;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which requests of a level are sent: those of its window, as its clock decides, and after them as many as keep the load up
 * until the last measured one is answered. Safe for use by any thread.
 */
public final class Admission {
    private final WindowClock clock;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger measured = new AtomicInteger();
    private volatile boolean unloaded;

    /** The admission to a window that is not open yet. */
    public Admission(WindowClock clock) {
        this.clock = clock;
    }

    /** The clock of its window. */
    public WindowClock clock() {
        return clock;
    }

    /** Whether a request that is prepared now could still be sent. A look only: {@link #admit} decides. */
    public boolean wants(long now) {
        return clock.admitting(now) || draining();
    }

    /** The phase of a request that is sent now; empty if the level wants no more. */
    public Optional<Phase> admit(long now) {
        Optional<Phase> phase = clock.admit(now);
        return phase.isPresent() || !draining() ? phase : Optional.of(Phase.DRAIN);
    }

    /** The phase of a request that is cut off before it could be sent. */
    Phase phaseOfUnsent() {
        Phase now = clock.phase();
        return now == Phase.DRAIN ? (clock.opened() ? Phase.WINDOW : Phase.RAMP_IN) : now;
    }

    /** The number of the next request that is sent, from 0. */
    int nextNumber() {
        return numbers.getAndIncrement();
    }

    /** A request of that phase has ended. */
    void ended(Phase phase) {
        if (phase == Phase.WINDOW) {
            measured.incrementAndGet();
        }
    }

    /** Measured requests that have ended. */
    public int measured() {
        return measured.get();
    }

    /** Whether all measured requests that were admitted have ended. */
    public boolean allEnded() {
        return clock.admitted() <= measured.get();
    }

    /** Whether requests are sent that are not measured, so that the last measured ones are answered under the load of all. */
    public boolean draining() {
        return clock.drains() && !unloaded && clock.full() && (!allEnded() || clock.held());
    }

    /** From now on no request is sent for the load alone. */
    public void unload() {
        unloaded = true;
    }
}
