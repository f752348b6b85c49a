package dev.llmload.load.send;

import dev.llmload.result.request.Phase;
import dev.llmload.result.text.CountText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Decides for each request, at the instant it is about to be sent, whether it is measured and in which phase; opens the
 * window when every user has finished one request, or at a planned instant, and closes it when the last measured request
 * has left, its time is over, or somebody says so. The clock is the caller's: every method is told the time. Safe for use
 * by any thread.
 */
public final class WindowClock {
    private static final long UNSET = Long.MIN_VALUE;

    private final Phase before;
    private final Phase inside;
    private final int users;
    private final long durationNanos;
    private final String durationWords;
    private final Runnable onMark;
    private final long planned;
    private final AtomicInteger firsts = new AtomicInteger();
    private final AtomicInteger drawn = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final LongAccumulator lastGone = new LongAccumulator((a, b) -> a == UNSET || b - a > 0 ? b : a, UNSET);

    private volatile int requests;
    private volatile boolean holds;
    private volatile long heldAt = UNSET;
    private volatile long open = UNSET;
    private volatile long close = UNSET;
    private volatile boolean timeClosed;
    private volatile String endedBy = "";

    /**
     * A window that is not open yet.
     *
     * @param users how many must finish one request before it opens
     * @param requests measured requests that close it, 0 for no limit
     * @param durationNanos length that closes it, 0 for no limit
     * @param durationWords how the length is written
     * @param onMark run once when it opens and once when it closes, on whichever thread did that
     */
    public WindowClock(int users, int requests, long durationNanos, String durationWords, Runnable onMark) {
        this(Phase.RAMP_IN, Phase.WINDOW, users, requests, durationNanos, durationWords, onMark, UNSET);
    }

    /** A window that opens at a planned instant; the other parameters are those of the constructor. */
    public static WindowClock planned(
            long openAt, int requests, long durationNanos, String durationWords, Runnable onMark) {
        return new WindowClock(Phase.RAMP_IN, Phase.WINDOW, 0, requests, durationNanos, durationWords, onMark, openAt);
    }

    private WindowClock(
            Phase before,
            Phase inside,
            int users,
            int requests,
            long durationNanos,
            String durationWords,
            Runnable onMark,
            long planned) {
        this.before = before;
        this.inside = inside;
        this.users = users;
        this.requests = requests == 0 ? Integer.MAX_VALUE : requests;
        this.durationNanos = durationNanos;
        this.durationWords = durationWords;
        this.onMark = onMark;
        this.planned = planned;
    }

    /** So many warm-up requests, without a ramp-in: open from the start. */
    public static WindowClock warmUp(int requests, long now) {
        WindowClock clock = new WindowClock(Phase.WARMUP, Phase.WARMUP, 0, requests, 0, "", () -> {}, UNSET);
        clock.open = now;
        return clock;
    }

    /** Whether a request prepared now could still be sent. A look only: {@link #admit} decides. */
    public boolean admitting(long now) {
        return close == UNSET && drawn.get() < requests && !timeIsOver(now);
    }

    /** The phase of a request that is sent now; empty if it may not be sent any more. */
    public Optional<Phase> admit(long now) {
        openIfDue(now);
        if (close != UNSET && !(timeClosed && planned != UNSET && now - close < 0)) {
            return Optional
                    .empty(); // of a schedule, a loop that is late still admits what was due before the time was over
        }
        long opened = open;
        if (opened == UNSET || now - opened < 0) {
            return Optional.of(before);
        }
        if (timeIsOver(now)) {
            close(opened + durationNanos, durationWords);
            return Optional.empty();
        }
        int number = drawn.getAndIncrement();
        if (number >= requests) {
            drawn.decrementAndGet();
            return Optional.empty();
        }
        if (planned != UNSET && number == requests - 1) {
            closeAfter(now); // of a schedule, when the last one was due
        }
        return Optional.of(inside);
    }

    /**
     * A request that was admitted has left, or ended before it could. Whether it is measured is decided by the instant at
     * which it left: between admission and that, the window may have opened, or its time may have been over. The last of
     * the measured requests closes the window.
     *
     * @param admitted the phase in which it was admitted
     * @param now when it left; of one that never left, when it ended
     * @return the phase it belongs to
     */
    public Phase left(Phase admitted, long now) {
        if (planned != UNSET) {
            return admitted; // of a schedule, the instant at which it was due decides
        }
        Phase phase = admitted;
        if (inside == Phase.WINDOW) {
            if (phase == before && contains(now)) {
                phase = admit(now).orElse(phase);
            } else if (phase == inside && (closed() && now - close >= 0 || timeIsOver(now))) {
                drawn.decrementAndGet();
                return Phase.DRAIN;
            }
        }
        if (phase == inside) {
            lastGone.accumulate(now);
            if (gone.incrementAndGet() == requests) {
                closeAfter(lastGone.get());
            }
        }
        return phase;
    }

    // The window ends before its closing instant; the last request belongs to it.
    private void closeAfter(long now) {
        if (holds) {
            heldAt = now;
        } else {
            close(now + 1, CountText.of(requests, "request") + " sent");
        }
    }

    /** From now on the last of the measured requests does not close it, but leaves open whether more of them follow. */
    public void holdAtTheEnd() {
        holds = true;
    }

    /** Whether all measured requests have left, and nobody has said yet whether more of them follow. */
    public boolean held() {
        return heldAt != UNSET && close == UNSET;
    }

    /** More measured requests follow, up to so many in all. */
    public void goOn(int inAll) {
        heldAt = UNSET;
        requests = inAll;
    }

    /** No more follow: it was closed when the last of them left. Nothing to do unless it is held. */
    public void release() {
        if (held()) {
            holds = false;
            closeAfter(heldAt);
        }
    }

    /** Whether all measured requests were admitted, or the window is closed. */
    public boolean full() {
        return close != UNSET || drawn.get() >= requests;
    }

    /** A user has finished its first request; the last one opens the window. */
    public void firstFinished(long now) {
        if (firsts.incrementAndGet() == users) {
            synchronized (this) {
                if (close != UNSET || open != UNSET) {
                    return;
                }
                open = now;
            }
            onMark.run();
        }
    }

    /** Opens a window whose planned instant is over; returns the nanoseconds until then, {@link Long#MAX_VALUE} for none. */
    public long openIfDue(long now) {
        if (planned == UNSET || open != UNSET || close != UNSET) {
            return Long.MAX_VALUE;
        }
        if (now - planned < 0) {
            return planned - now;
        }
        synchronized (this) {
            if (close != UNSET || open != UNSET) {
                return Long.MAX_VALUE;
            }
            open = planned;
        }
        onMark.run();
        return Long.MAX_VALUE;
    }

    /** Closes the window, or says that it will never open. The first call counts. */
    public void close(long now, String reason) {
        boolean opened;
        synchronized (this) {
            if (close != UNSET) {
                return;
            }
            endedBy = reason;
            timeClosed = durationNanos > 0 && reason.equals(durationWords);
            opened = open != UNSET;
            close = now;
        }
        if (opened) {
            onMark.run();
        }
    }

    /** Whether an instant lies in the window as far as it is known. */
    public boolean contains(long nanos) {
        long opened = open;
        if (opened == UNSET || nanos - opened < 0) {
            return false;
        }
        long closed = close;
        return closed == UNSET || nanos - closed < 0;
    }

    /** Closes it if its time is over; otherwise says how long it still has, {@link Long#MAX_VALUE} if unlimited. */
    public long remainingNanos(long now) {
        long opened = open;
        if (durationNanos == 0 || opened == UNSET) {
            return Long.MAX_VALUE;
        }
        long left = opened + durationNanos - now;
        if (left <= 0) {
            close(opened + durationNanos, durationWords);
        }
        return Math.max(0, left);
    }

    /** The phase of now: what a request that is cut off before it could be sent belongs to, unless it is the drain. */
    public Phase phase() {
        return inside == Phase.WARMUP ? inside : closed() ? Phase.DRAIN : opened() ? inside : before;
    }

    /** Whether its measured requests are to be answered under load to the last. */
    boolean drains() {
        return inside == Phase.WINDOW;
    }

    /** Whether it is still to open. */
    public boolean opening() {
        return open == UNSET && close == UNSET;
    }

    public boolean opened() {
        return open != UNSET;
    }

    public boolean closed() {
        return close != UNSET;
    }

    /** When it opened; meaningless unless {@link #opened}. */
    public long openNanos() {
        return open;
    }

    /** When it closed; meaningless unless {@link #closed}. */
    public long closeNanos() {
        return close;
    }

    /** Measured requests that are wanted so far. */
    public int wanted() {
        return requests;
    }

    /** Measured requests admitted so far. */
    public int admitted() {
        return Math.min(drawn.get(), requests);
    }

    public String endedBy() {
        return endedBy;
    }

    private boolean timeIsOver(long now) {
        long opened = open;
        return durationNanos > 0 && opened != UNSET && now - (opened + durationNanos) >= 0;
    }
}
