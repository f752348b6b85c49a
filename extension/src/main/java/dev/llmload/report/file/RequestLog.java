package dev.llmload.report.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code requests.jsonl}: one line per attempted request, written as it ends. {@link #write} may be called by any
 * number of threads and never blocks: lines are made and written by a daemon thread of its own. What was handed over is
 * with the operating system within half a second, so a killed run keeps all but its last moments.
 *
 * <p>Nothing that is lost is lost in silence: after a write error (disk full) further lines are dropped, and so are lines
 * for which there is no room because the disk is slower than the load, or that could not be made; {@link #close()} throws
 * the first error, with the number of lines that are missing.
 */
public final class RequestLog implements Closeable {
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CLOSING_MILLIS = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** Lines that may wait for the disk: two minutes of a thousand requests a second, some 50 MB. */
    static final int ROOM = 120_000;

    private final BlockingQueue<Entry> queue;
    private final AtomicLong missing = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long origin;
    private final Writer out;
    private final Thread writer;
    private volatile @Nullable IOException failure;
    private volatile boolean broken;

    private record Entry(String test, String level, int repeat, RequestRecord request, boolean corrects) {}

    /**
     * Creates the file.
     *
     * @param file replaced if it exists
     * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in the file
     * @throws IOException if it cannot be created
     */
    public RequestLog(Path file, long originNanos) throws IOException {
        this(Files.newBufferedWriter(file), originNanos, ROOM);
    }

    RequestLog(Writer file, long originNanos, int room) {
        this.origin = originNanos;
        this.queue = new LinkedBlockingQueue<>(room);
        this.out = new BufferedWriter(file, 1 << 16);
        this.writer = new Thread(this::drain, "llm-load request log");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Hands one request over of a level that runs once; returns at once. After {@link #close()} it does nothing.
     *
     * @param test id of the test
     * @param level name of the level; empty for what belongs to none, such as the warm-up
     * @param request how it went
     */
    public void write(String test, String level, RequestRecord request) {
        write(test, level, 0, request);
    }

    /**
     * Hands one request over; returns at once. After {@link #close()} it does nothing.
     *
     * @param test id of the test
     * @param level name of the level; empty for what belongs to none, such as the warm-up
     * @param repeat which run of the level, from 1; 0 if it runs once
     * @param request how it went
     */
    public void write(String test, String level, int repeat, RequestRecord request) {
        add(new Entry(test, level, repeat, request, false));
    }

    /**
     * Hands a request over whose line was written before its answer check had said no: the new line replaces the one of the
     * same test, level, run and number.
     *
     * @param test id of the test
     * @param level name of the level
     * @param repeat which run of the level, from 1; 0 if it runs once
     * @param request how it went after all
     */
    public void correct(String test, String level, int repeat, RequestRecord request) {
        add(new Entry(test, level, repeat, request, true));
    }

    private void add(Entry entry) {
        if (closed.get()) {
            return;
        }
        if (broken) {
            missing.incrementAndGet();
        } else if (!queue.offer(entry)) {
            missing.incrementAndGet();
            failed(new IOException("the disk was slower than the load"));
        }
    }

    private synchronized void failed(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Writes what was handed over and closes the file; throws the first error of any write. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join(CLOSING_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true; // a stopped run keeps its lines too
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (failed != null) {
            throw new IOException(
                    CountText.of(missing.get(), "line", "is", "are") + " missing: " + failed.getMessage(), failed);
        }
    }

    private void drain() {
        try (out) {
            long flushed = System.nanoTime();
            boolean dirty = false;
            while (true) {
                boolean last = closed.get(); // asked first: what was handed over before is in the queue now
                Entry entry = queue.poll(last ? 0 : FLUSH_NANOS / 20, TimeUnit.NANOSECONDS);
                if (entry != null) {
                    write(entry);
                    dirty = true;
                } else if (last) {
                    return;
                }
                long now = System.nanoTime();
                if (dirty && now - flushed >= FLUSH_NANOS) {
                    out.flush();
                    flushed = now;
                    dirty = false;
                }
            }
        } catch (IOException e) {
            failed(e);
        } catch (InterruptedException e) {
            failed(new IOException("the writer of the request log was interrupted", e));
        } catch (RuntimeException | Error e) { // no memory, for example
            failed(new IOException("the writer of the request log failed with " + e, e));
        } finally {
            if (failure != null) {
                broken = true;
                missing.addAndGet(queue.size());
                queue.clear();
            }
        }
    }

    // A line that cannot be made is one line lost.
    private void write(Entry entry) throws IOException {
        String line;
        try {
            line = line(entry, entry.request());
        } catch (RuntimeException e) {
            missing.incrementAndGet();
            failed(new IOException("a line could not be made: " + e, e));
            return;
        }
        try {
            out.write(line);
        } catch (IOException e) {
            missing.incrementAndGet();
            throw e;
        }
    }

    private String line(Entry entry, RequestRecord r) {
        java.io.StringWriter text = new java.io.StringWriter(400);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("test", entry.test());
            string(json, "level", entry.level());
            if (entry.repeat() > 0) {
                json.writeNumberField("repeat", entry.repeat());
            }
            json.writeStringField("phase", r.phase().word());
            json.writeNumberField("n", r.n());
            instant(json, "scheduled_ns", r.times().scheduled());
            instant(json, "sent_ns", r.times().sent());
            instant(json, "headers_ns", r.times().headers());
            instant(json, "first_token_ns", r.times().firstToken());
            instant(json, "first_output_ns", r.times().firstOutput());
            instant(json, "last_token_ns", r.times().lastToken());
            instant(json, "closed_ns", r.times().closed());
            duration(json, "connect_ns", r.times().connect());
            late(json, r.times());
            if (r.times().sent() != RequestRecord.ABSENT) {
                json.writeBooleanField("reused", r.flags().reused());
                json.writeBooleanField("resent", r.flags().resent());
            }
            if (r.flags().held()) {
                json.writeNumberField("held_ns", r.flags().heldNanos());
            }
            string(json, "prompt_source", r.origin().source());
            count(json, "prompt_index", r.origin().index());
            count(json, "prompt_tokens", r.tokens().prompt());
            count(json, "cached_tokens", r.tokens().cached());
            count(json, "output_tokens", r.tokens().output());
            count(json, "events", r.tokens().events());
            count(json, "arrivals", r.tokens().arrivals());
            string(json, "finish_reason", r.finishReason());
            json.writeStringField("outcome", r.outcome().name());
            count(json, "status", r.status());
            string(json, "error", r.error());
            if (r.flags().missed()) {
                json.writeBooleanField("checked", false);
            }
            if (entry.corrects()) {
                json.writeBooleanField("corrects", true);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string cannot fail", e);
        }
        return text.append('\n').toString();
    }

    private void instant(JsonGenerator json, String key, long nanos) throws IOException {
        if (nanos != RequestRecord.ABSENT) {
            json.writeNumberField(key, nanos - origin);
        }
    }

    private static void duration(JsonGenerator json, String key, long nanos) throws IOException {
        if (nanos != RequestRecord.ABSENT) {
            json.writeNumberField(key, nanos);
        }
    }

    // Of what happened: the most by which the client may have been late.
    private static void late(JsonGenerator json, RequestRecord.Times times) throws IOException {
        if (times.firstToken() != RequestRecord.ABSENT) {
            json.writeNumberField("ttft_late_ns", times.late().ttft());
        }
        if (times.lastToken() != RequestRecord.ABSENT) {
            json.writeNumberField("e2e_late_ns", times.late().e2e());
        }
    }

    private static void count(JsonGenerator json, String key, int count) throws IOException {
        if (count != RequestRecord.UNKNOWN) {
            json.writeNumberField(key, count);
        }
    }

    private static void string(JsonGenerator json, String key, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(key, text);
        }
    }
}
