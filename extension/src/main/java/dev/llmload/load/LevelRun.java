package dev.llmload.load;

import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.LevelStart;
import dev.llmload.load.ruler.Sentinel;
import dev.llmload.load.send.Admission;
import dev.llmload.load.send.AnswerChecker;
import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.Target;
import dev.llmload.load.send.WindowClock;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One level from its first request to its last: starts what sends, waits until all of it has retired, and takes down what is
 * left. The thread that calls {@link #run} does this; the requests happen on the loops.
 */
final class LevelRun implements LevelContext {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LevelPlan plan;
    private final Target target;
    private final Supplier<PromptSupply.Draw> prompts;
    private final List<LoadLoop> loops;
    private final LevelStart start;
    private final Admission admission;
    private final AbortMonitor aborts;
    private final ReachabilityCheck reachability = new ReachabilityCheck();
    private final MoreRequests more;
    private final LevelNews news;
    private final LevelTimer timer;
    private final WindowHealth health;
    private final Optional<Sentinel> sentinel;
    private final Optional<AnswerChecker> answers;
    private final List<RequestSource> sources;
    private final CountDownLatch active;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile long failedNanos;

    /**
     * A level of which nothing has begun.
     *
     * @param plan what it offers
     * @param setup what it runs with
     */
    LevelRun(LevelPlan plan, LevelSetup setup) {
        this.plan = plan;
        this.target = setup.target();
        this.prompts = setup.prompts();
        this.loops = setup.loops();
        this.start = new LevelStart(System.nanoTime(), setup.meanE2e());
        this.health = new WindowHealth(loops);
        WindowClock clock = plan.load().window(plan.limits(), start, this::mark);
        this.admission = new Admission(clock);
        this.aborts = new AbortMonitor(setup.abortWhen(), plan.level());
        this.more = new MoreRequests(setup.sampling(), admission);
        this.news = new LevelNews(plan, start, clock, setup.listener(), this::failed);
        this.timer = new LevelTimer(plan, start, admission, aborts, more, news, loops, target.timeouts(), this::cut);
        this.sentinel = setup.sentinel().apply(clock::contains);
        this.answers = target.answers().map(sampling -> new AnswerChecker(sampling, this::failed));
        this.sources = plan.load().sources(this, loops, start);
        this.active = new CountDownLatch(sources.size());
    }

    /** Runs the level to its end, however that comes: nothing of it goes on afterwards. */
    LevelEnd run() {
        health.begin();
        loops.forEach(loop -> loop.wire().onDefect(this::failed));
        boolean interrupted = false;
        try {
            news.announce(start.nanos());
            sentinel.ifPresent(Sentinel::start);
            sources.forEach(source -> source.loop().add(source));
            sources.forEach(RequestSource::begin);
            interrupted = await();
            answers.ifPresent(this::awaitChecks);
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            loops.forEach(loop -> loop.wire().onDefect(null));
            sentinel.ifPresent(Sentinel::stop);
            answers.ifPresent(AnswerChecker::close);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        // The last user may have ended before anybody said that time was up.
        clock().remainingNanos(System.nanoTime());
        more.end(loops);
        LevelEnd end = LevelEnd.of(
                clock(),
                start.nanos(),
                loops,
                reachability,
                health.end(sentinel.flatMap(Sentinel::result)),
                timer.aborted());
        Throwable cause = failure.get();
        if (cause != null) {
            String what = cause instanceof Error || cause.getMessage() == null ? cause.toString() : cause.getMessage();
            throw new IllegalStateException("level " + plan.level().name() + " was broken off: " + what, cause);
        }
        return end;
    }

    // The window was opened or closed.
    private void mark() {
        boolean closed = clock().closed();
        health.mark(closed);
        if (!closed) {
            loops.forEach(loop -> loop.wire().execute(() -> loop.opened(clock().openNanos())));
        }
    }

    private boolean await() {
        boolean interrupted = false;
        while (true) {
            long next = timer.keep(System.nanoTime(), active.getCount());
            try {
                if (active.await(Math.max(1, next), TimeUnit.NANOSECONDS)) {
                    news.announce(System.nanoTime());
                    return interrupted;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                cut("interrupted");
            }
            news.announce(System.nanoTime());
            news.progress(System.nanoTime());
            if (failure.get() != null && System.nanoTime() - failedNanos > GRACE_NANOS) {
                return interrupted; // a user that a defect lost never ends
            }
        }
    }

    private void awaitChecks(AnswerChecker checker) {
        boolean hurry = cut.get();
        if (!checker.awaitDone(hurry ? AnswerChecker.Patience.SHORT : AnswerChecker.Patience.usual())) {
            failed(new IllegalStateException("an event loop did not record the answers that were not checked"));
        }
    }

    /** Cuts off everything in flight at once and keeps what was measured; from any thread, the first call counts. */
    void cut(String reason) {
        if (!cut.compareAndSet(false, true)) {
            return;
        }
        long now = System.nanoTime();
        admission.unload();
        clock().release();
        boolean countUnsent = !clock().closed();
        clock().close(now, reason);
        for (LoadLoop loop : loops) {
            loop.wire().execute(() -> loop.cut(System.nanoTime(), reason, countUnsent));
        }
    }

    private WindowClock clock() {
        return admission.clock();
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public PromptSupply.Draw draw() {
        return prompts.get();
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public Optional<AnswerChecker> answers() {
        return answers;
    }

    @Override
    public void ended(RequestRecord record) {
        if (record.phase() != Phase.DRAIN) {
            reachability.ended(record);
            aborts.ended(record);
        }
        more.ended(record);
        news.ended(record);
    }

    @Override
    public void corrected(RequestRecord record) {
        news.corrected(record);
    }

    @Override
    public void failed(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            failedNanos = System.nanoTime();
            cut("failed: " + cause);
        }
    }

    @Override
    public void retired() {
        active.countDown();
    }
}
