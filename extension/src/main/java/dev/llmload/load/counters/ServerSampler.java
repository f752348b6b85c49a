package dev.llmload.load.counters;

import dev.llmload.exposition.Exposition;
import dev.llmload.metric.ServerLog;
import dev.llmload.metric.ServerSample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads a server's own page once a second while load is offered, on a thread and a connection of its own, so that a server
 * that answers late or not at all delays nobody. The schedule is absolute: a reading that takes longer costs those that it
 * overran and shifts none. After three that failed in a row it asks no more.
 *
 * <p>Start and {@link #end} are called by one thread.
 */
final class ServerSampler {
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final int GIVE_UP = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerPage page;
    private final String engine;
    private final ServedModel model;
    private final long period;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "llm-load-server-page");
    // Guarded by this.
    private final List<ServerSample> samples = new ArrayList<>();
    private int missed;
    private String reason = "";

    private ServerSampler(ServerPage page, String engine, ServedModel model, Duration period) {
        this.page = page;
        this.engine = engine;
        this.model = model;
        this.period = period.toNanos();
        thread.setDaemon(true);
    }

    /**
     * Starts one; its first reading is under way when this returns.
     *
     * @param page to read
     * @param engine that writes it
     * @param model whose numbers are meant
     * @param period from one reading to the next
     */
    static ServerSampler start(ServerPage page, String engine, ServedModel model, Duration period) {
        ServerSampler sampler = new ServerSampler(page, engine, model, period);
        sampler.thread.start();
        return sampler;
    }

    /** Reads a last time, so that what was counted until now is known, and returns all of it. Five seconds at most. */
    ServerLog end() {
        return end(PATIENCE);
    }

    /** The same for who is in a hurry: what is not read within that time is left out. */
    ServerLog end(Duration patience) {
        ended.countDown();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return new ServerLog(engine, samples, missed, reason);
        }
    }

    private void run() {
        long begun = System.nanoTime();
        int failed = 0;
        while (true) {
            boolean last = ended.getCount() == 0;
            failed = read() ? 0 : failed + 1;
            if (last || failed == GIVE_UP || !pause(begun)) {
                return;
            }
        }
    }

    private boolean pause(long begun) {
        long since = System.nanoTime() - begun;
        long due = (since / period + 1) * period - since;
        try {
            ended.await(due, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            return false; // nobody interrupts it but who wants it to end
        }
    }

    private boolean read() {
        long asked = System.nanoTime();
        try {
            String text = page.read();
            long nanos = asked + (System.nanoTime() - asked) / 2;
            Optional<ServerSample> sample = SeriesNames.read(Exposition.parse(text), model, nanos);
            if (sample.isEmpty()) {
                throw new IOException("it had no number of " + model.name());
            }
            keep(sample.get());
            return true;
        } catch (IOException e) {
            miss(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private synchronized void keep(ServerSample sample) {
        samples.add(sample);
    }

    private synchronized void miss(String why) {
        missed++;
        reason = why;
    }
}
