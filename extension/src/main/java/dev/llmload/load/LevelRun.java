package dev.llmload.load;

import dev.llmload.load.ruler.Sentinel;
import dev.llmload.load.wire.PauseDetector;
import dev.llmload.load.wire.Target;
import dev.llmload.metric.LevelRecording;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.Answer;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One level from its first request to its last: starts the slots, keeps the time, reports progress, waits until every
 * slot has retired. The thread that calls {@link #run} does all of this; the requests happen on the loops.
 */
final class LevelRun {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String ABORTED = "abortWhen";

    private final LevelShape shape;
    private final Target target;
    private final Supplier<PromptSupply.Draw> prompts;
    private final List<LoadLoop> loops;
    private final LoadListener listener;
    private final WindowClock clock;
    private final long start;
    private final CountDownLatch active;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger measured = new AtomicInteger();
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ProgressMeter meter;
    private final ReachabilityCheck casualties = new ReachabilityCheck();
    private final PauseDetector standstill;
    private final Optional<Sentinel> sentinel;
    private final AbortMonitor aborts;
    private final Sampling sampling;
    private final Queue<RequestRecord> sample = new ConcurrentLinkedQueue<>();
    private final Object marking = new Object();
    private final Optional<AnswerChecker> desk;

    private String phase = "";
    private boolean gaveUp;
    private long told = System.nanoTime();
    private @Nullable String aborted;
    private boolean drained;
    private volatile boolean lost;
    private volatile long failedNanos;
    private @Nullable ClientHealthMonitor windowHealth;

    LevelRun(
            LevelShape shape,
            Target target,
            Supplier<PromptSupply.Draw> prompts,
            List<LoadLoop> loops,
            List<AbortRule> abortWhen,
            Function<LongPredicate, Optional<Sentinel>> sentinel,
            Sampling sampling,
            LoadListener listener) {
        this.sampling = sampling;
        this.shape = shape;
        this.aborts = new AbortMonitor(abortWhen, shape.open().isPresent());
        this.meter = new ProgressMeter(shape.open().isPresent());
        this.target = target;
        this.prompts = prompts;
        this.loops = loops;
        this.standstill = loops.get(0).wire().pauses();
        this.listener = listener;
        this.desk = shape.warmUp()
                ? Optional.empty()
                : target.answers().map(answers -> new AnswerChecker(answers, this::failed));
        this.start = System.nanoTime();
        this.clock = shape.clock(start, this::mark);
        this.sentinel = shape.warmUp() ? Optional.empty() : sentinel.apply(clock::contains);
        if (sampling != Sampling.AS_PLANNED) {
            clock.holdAtTheEnd();
        }
        this.active = new CountDownLatch(shape.open().isPresent() ? loops.size() : shape.slots());
    }

    /** Runs the level to its end, however that comes: nothing of it goes on afterwards. */
    LevelEnd run() {
        ClientHealthMonitor health = ClientHealthMonitor.begin(loops, standstill);
        loops.forEach(loop -> loop.wire().onDefect(this::failed));
        boolean interrupted = false;
        try {
            announce(start);
            sentinel.ifPresent(Sentinel::start);
            shape.open().ifPresentOrElse(this::startSchedule, this::startSlots);
            interrupted = await();
            desk.ifPresent(this::clear);
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            loops.forEach(loop -> loop.wire().onDefect(null));
            sentinel.ifPresent(Sentinel::stop);
            desk.ifPresent(AnswerChecker::close);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        // The last user may have ended before anybody said that time was up.
        clock.remainingNanos(System.nanoTime());
        if (sampling != Sampling.AS_PLANNED && clock.closed()) {
            // Until the last look was made, nobody knew that the window was closed.
            loops.forEach(loop -> loop.recorder().windowClosed(clock.closeNanos()));
        }
        LevelEnd end = LevelEnd.of(clock, start, loops, casualties, stopWatching(health), Optional.ofNullable(aborted));
        Throwable cause = failure.get();
        if (cause != null) {
            String what = cause instanceof Error || cause.getMessage() == null ? cause.toString() : cause.getMessage();
            throw new IllegalStateException("level " + shape.name() + " was broken off: " + what, cause);
        }
        return end;
    }

    /** Cuts off everything in flight at once and keeps what was measured; from any thread, the first call counts. */
    void cut(String reason) {
        if (!cut.compareAndSet(false, true)) {
            return;
        }
        long now = System.nanoTime();
        clock.release();
        boolean countUnsent = !clock.closed();
        clock.close(now, reason);
        for (LoadLoop loop : loops) {
            loop.wire().execute(() -> loop.cut(System.nanoTime(), reason, countUnsent));
        }
    }

    WindowClock clock() {
        return clock;
    }

    Target target() {
        return target;
    }

    Supplier<PromptSupply.Draw> prompts() {
        return prompts;
    }

    int nextNumber() {
        return numbers.getAndIncrement();
    }

    /** Whether a request that is prepared now could still be sent. A look only: {@link #admit} decides. */
    boolean wants(long now) {
        return clock.admitting(now) || draining();
    }

    /** The phase of a request that is sent now; empty if the level wants no more. */
    Optional<Phase> admit(long now) {
        return clock.admit(now).or(() -> draining() ? Optional.of(Phase.DRAIN) : Optional.empty());
    }

    /** A request of that phase has ended. */
    void left(Phase of) {
        if (of == Phase.WINDOW) {
            measured.incrementAndGet();
        }
    }

    // All measured requests are sent, and some have not ended: they are to be answered under the load that they were
    // sent
    // under.
    private boolean draining() {
        return !shape.warmUp()
                && !lost
                && !cut.get()
                && clock.full()
                && (clock.admitted() > measured.get() || clock.held());
    }

    /** The phase of a request that was cut off before it could be sent. */
    Phase phaseOfUnsent() {
        return shape.warmUp() ? Phase.WARMUP : clock.opened() ? Phase.WINDOW : Phase.RAMP_IN;
    }

    void ended(RequestRecord record) {
        if (record.phase() != Phase.DRAIN) {
            meter.ended(record);
            casualties.ended(record);
            aborts.ended(record);
        }
        if (record.phase() == Phase.WINDOW && sampling != Sampling.AS_PLANNED) {
            sample.add(record);
        }
        tell(() -> listener.requestEnded(shape.name(), record));
    }

    /** A check found the answer of a request wrong after {@link #ended} was told that it succeeded. */
    void corrected(RequestRecord record) {
        tell(() -> listener.requestCorrected(shape.name(), record));
    }

    // A listener that fails must not leave users sending.
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Whether the answer of the request of that number is wanted. */
    boolean samples(int number) {
        return desk.isPresent() && desk.get().takes(number);
    }

    /** Has the answer of a request looked at, which is recorded then. */
    void look(Answer answer, LoadLoop loop, RequestRecord record) {
        desk.orElseThrow().lay(answer, new PendingAnswer(this, loop, record), loop.wire()::execute);
    }

    /** What a check said, without secrets. */
    String secretless(String complaint) {
        return target.secrets().line(complaint);
    }

    private void clear(AnswerChecker answers) {
        boolean hurry = cut.get();
        if (!answers.cleared(hurry ? AnswerChecker.Patience.SHORT : AnswerChecker.Patience.usual())) {
            failed(new IllegalStateException("an event loop did not record the answers that were not checked"));
        }
    }

    /** Something that is no fault of the endpoint went wrong on a loop: the level ends, and {@link #run} throws it. */
    void failed(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            failedNanos = System.nanoTime();
            cut("failed: " + cause);
        }
    }

    void retired() {
        active.countDown();
    }

    private void startSchedule(OpenLoop plan) {
        for (int i = 0; i < loops.size(); i++) {
            LoadLoop loop = loops.get(i);
            ArrivalSchedule schedule =
                    new ArrivalSchedule(plan.arrivals(), plan.level().offered(), plan.seed());
            ArrivalSource source = new ArrivalSource(this, loop, schedule, start, i, loops.size(), plan.maxInFlight());
            loop.add(source);
            loop.wire().execute(source::begin);
        }
    }

    private void startSlots() {
        for (int i = 0; i < shape.slots(); i++) {
            LoadLoop loop = loops.get(i % loops.size());
            VirtualUser slot = new VirtualUser(this, loop, shape.thinkTime().ofUser(i));
            long at = start + i * shape.startGapNanos();
            loop.add(slot);
            loop.wire().schedule(() -> slot.next(at), at - System.nanoTime());
        }
    }

    private boolean await() {
        boolean interrupted = false;
        while (true) {
            long now = System.nanoTime();
            abortIfLost(now);
            long next = Math.min(TICK_NANOS, keepTime(now));
            try {
                if (active.await(Math.max(1, next), TimeUnit.NANOSECONDS)) {
                    announce(System.nanoTime());
                    return interrupted;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                cut("interrupted");
            }
            announce(System.nanoTime());
            tellProgress();
            if (failure.get() != null && System.nanoTime() - failedNanos > GRACE_NANOS) {
                return interrupted; // a user that a defect lost never ends
            }
        }
    }

    // While a look is waited for, time is kept more often than anybody wants to be told.
    private void tellProgress() {
        long now = System.nanoTime();
        if (!clock.held() || now - told >= TICK_NANOS) {
            told = now;
            tell(() -> listener.progress(meter.read(shape.name(), wanted(), now, timeLeft())));
        }
    }

    private void abortIfLost(long now) {
        if (clock.closed()) {
            return;
        }
        aborts.judge(now).ifPresent(reason -> {
            clock.close(now, ABORTED);
            lost = true;
            if (clock.endedBy().equals(ABORTED)) {
                giveUpWaiting("still waiting to be sent when the level was aborted");
                aborted = reason;
                tell(() -> listener.aborted(shape.name(), reason));
            }
        });
    }

    // Returns the nanoseconds until something is due.
    private long keepTime(long now) {
        long elapsed = now - start;
        long maxLeft = shape.maxDuration().toNanos() - elapsed;
        long deadlineLeft =
                shape.deadline().map(limit -> limit.toNanos() - elapsed).orElse(Long.MAX_VALUE);
        if (deadlineLeft <= 0) {
            cut("deadline " + DurationText.of(shape.deadline().orElseThrow()));
            deadlineLeft = Long.MAX_VALUE;
        }
        if (maxLeft <= 0) {
            clock.release();
            clock.close(now, "maxDuration " + DurationText.of(shape.maxDuration()));
            if (shape.open().isPresent()) {
                giveUpWaiting("still waiting to be sent when maxDuration " + DurationText.of(shape.maxDuration())
                        + " was over");
            }
            maxLeft = Long.MAX_VALUE;
        }
        long openLeft = clock.openIfDue(now);
        long windowLeft = Math.min(openLeft, clock.remainingNanos(now));
        if (clock.held()) {
            windowLeft = Math.min(windowLeft, LOOK_NANOS);
            look();
        }
        if (clock.closed()) {
            endDrain();
            drain(now);
            windowLeft = Long.MAX_VALUE;
            maxLeft = shape.open().isPresent() && maxLeft > 0 && !gaveUp ? maxLeft : Long.MAX_VALUE;
        }
        return Math.min(Math.min(maxLeft, deadlineLeft), windowLeft);
    }

    // All measured requests have left: once they have ended as well, they are judged.
    private void look() {
        if (clock.admitted() <= measured.get() && sample.size() >= measured.get()) {
            int wanted = sampling.wanted(List.copyOf(sample));
            if (wanted > clock.wanted()) {
                clock.goOn(wanted);
            } else {
                clock.release();
            }
        }
    }

    private void endDrain() {
        if (!drained && !draining()) {
            drained = true;
            loops.forEach(loop -> loop.wire().execute(loop::drained));
        }
    }

    private void giveUpWaiting(String reason) {
        if (!gaveUp) {
            gaveUp = true;
            loops.forEach(loop -> loop.wire().execute(() -> loop.giveUpWaiting(System.nanoTime(), reason)));
        }
    }

    // Every request has time-outs of its own; this only catches what should not happen. The last request that is sent
    // is one
    // that is not measured, at the end of the last that is.
    private void drain(long now) {
        long longest = 2
                * (target.timeouts().total().toNanos()
                        + target.timeouts().connect().toNanos());
        // A schedule may still have requests that wait for their turn until maxDuration is over.
        long last = shape.open().isPresent()
                ? Math.max(clock.closeNanos() - start, shape.maxDuration().toNanos()) + start
                : clock.closeNanos();
        long over = now - last - longest;
        if (over > GRACE_NANOS) {
            cut("the drain outlasted every time-out");
        }
        if (over > 2 * GRACE_NANOS) {
            throw new IllegalStateException(active.getCount()
                    + " users did not end though every time-out is over: a defect of the load engine");
        }
    }

    private int wanted() {
        return shape.requests() == 0 ? 0 : clock.wanted();
    }

    private Duration timeLeft() {
        long now = System.nanoTime();
        long left = shape.maxDuration().toNanos() - (now - start);
        if (clock.closed()) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, Math.min(left, clock.remainingNanos(now))));
    }

    private void announce(long now) {
        String current = phaseName();
        if (!current.equals(phase)) {
            phase = current;
            meter.phase(current, now);
            tell(() -> listener.phase(shape.warmUp() ? "" : shape.name(), current));
        }
    }

    private String phaseName() {
        if (shape.warmUp()) {
            return "warm-up";
        }
        return clock.closed() ? "drain" : clock.opened() ? "window" : "ramp-in";
    }

    // Opening and closing may be told by two threads at once, in either order.
    private void mark() {
        synchronized (marking) {
            ClientHealthMonitor watch = windowHealth;
            if (watch == null) {
                watch = ClientHealthMonitor.begin(loops, standstill);
                windowHealth = watch;
            }
            if (clock.closed()) {
                watch.end();
            }
        }
    }

    private LevelRecording.Health stopWatching(ClientHealthMonitor whole) {
        synchronized (marking) {
            ClientHealthMonitor window = windowHealth == null ? whole : windowHealth;
            window.end();
            whole.end();
            loops.forEach(loop -> loop.probe().stop().join());
            return new LevelRecording.Health(window.health(), whole.health(), sentinel.flatMap(Sentinel::result));
        }
    }
}
