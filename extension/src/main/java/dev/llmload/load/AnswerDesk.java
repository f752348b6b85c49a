package dev.llmload.load;

import dev.llmload.result.Answer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where the answers of one level are looked at, one after the other, on a thread of their own: an event loop has tokens to
 * stamp. Safe for use by any thread.
 */
final class AnswerDesk implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AnswerSampling sampling;
    private final ExecutorService desk = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "llm-load-answers");
        thread.setDaemon(true);
        return thread;
    });

    private long open;

    AnswerDesk(AnswerSampling sampling) {
        this.sampling = sampling;
    }

    boolean takes(int number) {
        return sampling.takes(number);
    }

    /**
     * Looks at an answer, some time soon.
     *
     * @param answer to look at
     * @param back carries the finding to where it is recorded, and must run it
     * @param wrong told there what is wrong with the answer, empty if it is right
     * @param broken told there that the check itself failed, before {@code wrong}
     */
    void lay(Answer answer, Consumer<Runnable> back, Consumer<String> wrong, Consumer<RuntimeException> broken) {
        opened();
        desk.execute(() -> {
            String complaint = "";
            RuntimeException defect = null;
            try {
                sampling.check().check(answer);
            } catch (AssertionError e) {
                complaint = e.getMessage() == null || e.getMessage().isBlank()
                        ? "the answer check said no"
                        : e.getMessage().strip();
            } catch (RuntimeException | Error e) { // a class that is missing, for example
                defect = new IllegalStateException(
                        "the answer check " + sampling.check().getClass().getName() + " failed with " + e, e);
            }
            String said = complaint;
            RuntimeException thrown = defect;
            back.accept(() -> {
                try {
                    if (thrown != null) {
                        broken.accept(thrown);
                    }
                    wrong.accept(said);
                } finally {
                    closed();
                }
            });
        });
    }

    /**
     * Waits until every answer is recorded.
     *
     * @return whether they are, within a minute: a check that takes longer is a defect
     */
    synchronized boolean cleared() {
        boolean interrupted = false;
        long end = System.nanoTime() + PATIENCE_NANOS;
        long left = PATIENCE_NANOS;
        while (open > 0 && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = end - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return open == 0;
    }

    private synchronized void opened() {
        open++;
    }

    private synchronized void closed() {
        open--;
        notifyAll();
    }

    @Override
    public void close() {
        desk.shutdownNow();
    }
}
