package dev.llmload.simulator;

import dev.llmload.simulator.engine.Ledger;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** What a streamed answer writes, token by token, and how it breaks. Whose pace that has is no matter here. */
final class StreamWriter {
    private final Exchange exchange;
    private final HttpServerResponse response;
    private final RequestPlan plan;
    private final Ledger ledger;
    private final boolean buffered;
    private final Buffer held = Buffer.buffer();
    private final int breakAfter;
    private int sent;

    StreamWriter(Exchange exchange, Ledger ledger) {
        this.exchange = exchange;
        this.response = exchange.response();
        this.plan = exchange.plan();
        this.ledger = ledger;
        this.buffered = exchange.settings().wire().buffered();
        boolean breaks = plan.has(Fault.STALL)
                || plan.has(Fault.RESET)
                || plan.has(Fault.TRUNCATE)
                || plan.has(Fault.STREAM_ERROR);
        this.breakAfter =
                breaks ? Math.min(exchange.settings().faults().after(), plan.tokens() - 1) : Integer.MAX_VALUE;
    }

    /** The response head and the role. */
    void start() {
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.putHeader("Cache-Control", "no-cache");
        response.setChunked(true);
        // The books before the bytes: whoever has seen the effect of a fault finds it counted.
        if (plan.has(Fault.STALL_FIRST) || plan.has(Fault.EMPTY) || plan.has(Fault.LATE)) {
            ledger.fault(plan.fault().orElseThrow());
        }
        if (!buffered) {
            response.writeHead();
        }
        write(exchange.format().role());
    }

    /** Whether the next thing to do is {@link #fail()}. */
    boolean breaks() {
        return sent >= breakAfter;
    }

    /** Whether every token has been written. */
    boolean complete() {
        return sent == plan.tokens();
    }

    /** Whether the client does not read what it got. */
    boolean full() {
        return !buffered && response.writeQueueFull();
    }

    /** The next event. */
    void chunk() {
        int count = Math.min(exchange.settings().timing().tokensPerChunk(), Math.min(plan.tokens(), breakAfter) - sent);
        if (sent == 0 && !buffered) {
            ledger.firstToken(System.nanoTime() - exchange.readNanos());
        }
        write(exchange.format().token(Vocabulary.words(plan.random(), count, sent == 0)));
        sent += count;
    }

    /** Breaks the stream. False if that leaves the connection open, with nothing more to come. */
    boolean fail() {
        Fault fault = plan.fault().orElseThrow();
        ledger.fault(fault);
        switch (fault) {
            case RESET -> exchange.reset();
            case TRUNCATE -> response.end(held);
            case STREAM_ERROR ->
                response.end(held.appendBuffer(AnswerFormat.errorEvent()).appendBuffer(AnswerFormat.done()));
            default -> {
                return false; // STALL: nothing more, until the client gives up
            }
        }
        return true;
    }

    /** A proper end: finish reason, usage if asked for, {@code [DONE]}. */
    void finish(String reason, int cachedTokens) {
        AnswerFormat format = exchange.format();
        Buffer tail = held.appendBuffer(format.finish(reason));
        if (exchange.request().includeUsage() && !exchange.settings().wire().noUsage()) {
            tail.appendBuffer(format.usageChunk(exchange.usage(sent, cachedTokens)));
        }
        if (buffered && sent > 0) {
            ledger.firstToken(System.nanoTime() - exchange.readNanos());
        }
        if (sent > 0) {
            ledger.completed(exchange.request().promptTokens(), sent, reason);
        }
        response.end(tail.appendBuffer(AnswerFormat.done()));
    }

    private void write(Buffer bytes) {
        if (buffered) {
            held.appendBuffer(bytes);
        } else if (bytes.length() > 0) {
            response.write(bytes);
        }
    }
}
