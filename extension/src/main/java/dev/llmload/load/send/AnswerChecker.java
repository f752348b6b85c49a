package dev.llmload.load.send;

import dev.llmload.result.Answer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks the answers of one level, one after the other, on a thread of their own: an event loop has tokens to stamp. A check that is slow or hangs costs its own findings and nothing else: what it has not looked at in time counts as
 * right, marked as missed. Safe for use by any thread.
 */
public final class AnswerChecker implements AutoCloseable {
    /** Answers that may wait; what comes beyond is missed, because their texts fill the memory. */
    static final int MOST_WAITING = 10_000;

    /**
     * How long the checks are waited for at a level's end.
     *
     * @param all for all answers that wait, as long as one after the other is looked at
     * @param one for one check: a longer one hangs
     */
    public record Patience(long all, long one) {
        private static volatile Patience usual =
                new Patience(TimeUnit.MINUTES.toNanos(1), TimeUnit.SECONDS.toNanos(10));

        /** Of a level that was cut off: whoever did that is waiting. */
        public static final Patience SHORT = new Patience(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));

        /** Of a level that came to its end: a minute for all, 10 s for one. */
        public static Patience usual() {
            return usual;
        }

        /** Is the usual one from now on, in the whole JVM. For tests, which need not wait as long to see a check hang. */
        static void replaceUsual(Patience other) {
            usual = other;
        }
    }

    /** How long an event loop may take to record what was found. */
    private static final long RECORDED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** One answer that waits to be looked at. Its methods are called on the event loop that recorded it. */
    private record Item(Answer answer, PendingAnswer pending, Consumer<Runnable> back) {}

    private final AnswerSampling sampling;
    private final Consumer<Throwable> broken;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "llm-load-answers");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this; compared by identity, because two requests may have all in common.
    private final Set<Key> open = new LinkedHashSet<>();
    private long begun = Long.MIN_VALUE;
    private boolean givenUp;

    /**
     * The checks of one level.
     *
     * @param sampling which answers, and how they are checked
     * @param broken told on any thread that the check itself failed
     */
    public AnswerChecker(AnswerSampling sampling, Consumer<Throwable> broken) {
        this.sampling = sampling;
        this.broken = broken;
    }

    /** Whether the answer of the request of that number is checked. */
    boolean samples(int number) {
        return sampling.takes(number);
    }

    /**
     * Has an answer checked, some time soon. Called on the event loop of the answer.
     *
     * @param answer to look at
     * @param pending told what is wrong with it, or that nobody looked
     * @param back runs a task on the loop of the answer
     */
    void submit(Answer answer, PendingAnswer pending, Consumer<Runnable> back) {
        Item item = new Item(answer, pending, back);
        if (!opened(item)) {
            pending.missed();
            return;
        }
        pending.begin();
        thread.execute(() -> look(item));
    }

    private void look(Item item) {
        if (!begin()) {
            return;
        }
        String complaint = "";
        try {
            sampling.check().check(item.answer());
        } catch (AssertionError e) {
            complaint = e.getMessage() == null || e.getMessage().isBlank()
                    ? "the answer check said no"
                    : e.getMessage().strip();
        } catch (RuntimeException | Error e) { // a class that is missing, for example
            if (!isGivenUp()) {
                broken.accept(new IllegalStateException(
                        "the answer check " + sampling.check().getClass().getName() + " failed with " + e, e));
            }
        }
        if (isGivenUp()) {
            return; // too late: it is recorded as missed, and its event loop may be gone
        }
        String said = complaint;
        end(item, () -> item.pending().looked(said));
    }

    // Closed only after it was recorded: whoever waits for all of them reads the records next.
    private void end(Item item, Runnable finding) {
        item.back().accept(() -> {
            try {
                finding.run();
            } finally {
                closed(item);
            }
        });
    }

    /**
     * Waits until every answer is looked at and recorded, or nobody will look any more; then the others are recorded as
     * missed.
     *
     * @param patience how long to wait
     * @return whether all are recorded; if not, an event loop does not run its tasks
     */
    public boolean awaitDone(Patience patience) {
        long start = System.nanoTime();
        boolean interrupted = false;
        while (!isClear() && System.nanoTime() - start < patience.all() && !hangs(patience.one())) {
            interrupted |= rest();
        }
        for (Item item : giveUp()) {
            end(item, item.pending()::missed);
        }
        long limit = System.nanoTime() + RECORDED_NANOS;
        while (!isClear() && System.nanoTime() - limit < 0) {
            interrupted |= rest();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return isClear();
    }

    private synchronized boolean rest() {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, 50);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private synchronized boolean opened(Item item) {
        return !givenUp && open.size() < MOST_WAITING && open.add(new Key(item));
    }

    private synchronized boolean begin() {
        begun = System.nanoTime();
        return !givenUp;
    }

    private synchronized boolean hangs(long longest) {
        return begun != Long.MIN_VALUE && System.nanoTime() - begun > longest;
    }

    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    private synchronized boolean isClear() {
        return open.isEmpty();
    }

    private synchronized List<Item> giveUp() {
        givenUp = true;
        thread.shutdownNow();
        return open.stream().map(Key::item).toList();
    }

    private synchronized void closed(Item item) {
        open.remove(new Key(item));
        notifyAll();
    }

    /** An item as itself. */
    private record Key(Item item) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.item == item;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(item);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
