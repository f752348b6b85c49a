package dev.llmload.prompt;

import dev.llmload.prompt.PromptSupply.Draw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws prompts on a thread of its own before they are needed, so that no event loop reads, parses, hashes or encodes them. At most
 * {@link #MOST_DRAWS} of them, and {@link #MOST_CHARS} characters, wait to be taken. Safe for use by any thread.
 */
final class ReadAhead implements AutoCloseable {
    static final int MOST_DRAWS = 256;
    static final long MOST_CHARS = 4_000_000;
    private static final long CLOSE_MILLIS = 1000;

    private final Supplier<Draw> source;
    private final Thread thread;
    private final Deque<Draw> ready = new ArrayDeque<>();
    private long chars;
    private @Nullable Throwable failure;
    private boolean closed;

    /**
     * Begins to draw.
     *
     * @param source called by one thread at a time, in the order in which its draws are taken
     */
    ReadAhead(Supplier<Draw> source) {
        this.source = source;
        this.thread = new Thread(this::fill, "llm-load-prompts");
        thread.setDaemon(true);
        thread.start();
    }

    private void fill() {
        try {
            while (hasRoom()) {
                Draw draw = source.get();
                add(draw);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized boolean hasRoom() {
        while (!closed && (ready.size() >= MOST_DRAWS || chars >= MOST_CHARS)) {
            try {
                wait();
            } catch (InterruptedException e) {
                fail(new IllegalStateException("the thread that reads the prompts was interrupted", e));
                return false;
            }
        }
        return !closed;
    }

    private synchronized void add(Draw draw) {
        ready.addLast(draw);
        chars += length(draw);
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        failure = e;
        notifyAll();
    }

    /**
     * The next draw; waits for it where the source is slower than the load.
     *
     * @throws RuntimeException what the source threw, once all draws before it are taken, and from then on
     * @throws IllegalStateException if this is closed
     */
    synchronized Draw take() {
        boolean interrupted = false;
        while (ready.isEmpty() && failure == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closed) {
            throw new IllegalStateException("the supply of prompts is closed");
        }
        Draw draw = ready.pollFirst();
        if (draw == null) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
        chars -= length(draw);
        notifyAll();
        return draw;
    }

    private static long length(Draw draw) {
        long length = 0;
        for (var message : draw.messages()) {
            length += message.content().length();
        }
        return length;
    }

    Thread thread() {
        return thread;
    }

    /** Draws no more. Its thread is not interrupted, because that would close the file that it reads, which others use. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
