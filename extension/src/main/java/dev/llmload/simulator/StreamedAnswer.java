package dev.llmload.simulator;

import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * A stream of tokens. Each token has its own instant, counted from the one before it and not from when that was
 * written, so that a late timer does not make the whole answer late.
 */
final class StreamedAnswer extends Answer {
    private final HttpServerResponse response;
    private final RequestPlan plan;
    private final boolean buffered;
    private final Buffer held = Buffer.buffer();
    private final int breakAfter;
    private int sent;
    private long nextNanos;

    StreamedAnswer(Exchange exchange, Engine engine, Ledger ledger, EventLoop loop) {
        super(exchange, engine, ledger, loop);
        this.response = exchange.response();
        this.plan = exchange.plan();
        this.buffered = exchange.settings().wire().buffered();
        boolean breaks = plan.has(Fault.STALL)
                || plan.has(Fault.RESET)
                || plan.has(Fault.TRUNCATE)
                || plan.has(Fault.STREAM_ERROR);
        this.breakAfter =
                breaks ? Math.min(exchange.settings().faults().after(), plan.tokens() - 1) : Integer.MAX_VALUE;
    }

    @Override
    public void run() {
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
        nextNanos = firstTokenNanos();
        if (plan.has(Fault.EMPTY)) {
            at(nextNanos, () -> finish("stop"));
        } else if (!plan.has(Fault.STALL_FIRST)) {
            at(nextNanos, this::step);
        }
    }

    private void step() {
        while (sent < plan.tokens()) {
            if (sent >= breakAfter) {
                fail();
                return;
            }
            chunk();
            if (sent < plan.tokens()) {
                nextNanos += engine.chunkNanos(plan.random().nextDouble());
                if (!buffered && response.writeQueueFull()) {
                    // The client does not read. Like a real server's, this stream waits for it.
                    response.drainHandler(ready -> {
                        nextNanos = Math.max(nextNanos, System.nanoTime());
                        at(nextNanos, this::step);
                    });
                    return;
                }
                if (nextNanos - System.nanoTime() > 0) {
                    at(nextNanos, this::step);
                    return;
                }
            }
        }
        finish(exchange.finishReason());
    }

    private void chunk() {
        int count = Math.min(exchange.settings().timing().tokensPerChunk(), Math.min(plan.tokens(), breakAfter) - sent);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(Vocabulary.word(plan.random(), sent + i == 0));
        }
        if (sent == 0 && !buffered) {
            ledger.firstToken(System.nanoTime() - exchange.readNanos());
        }
        write(exchange.format().token(text.toString()));
        sent += count;
    }

    private void fail() {
        Fault fault = plan.fault().orElseThrow();
        ledger.fault(fault);
        switch (fault) {
            case RESET -> exchange.reset();
            case TRUNCATE -> end(Buffer.buffer());
            case STREAM_ERROR -> end(AnswerFormat.errorEvent().appendBuffer(AnswerFormat.done()));
            default -> {
                // STALL: nothing more, until the client gives up.
            }
        }
    }

    private void finish(String reason) {
        AnswerFormat format = exchange.format();
        Buffer tail = format.finish(reason);
        if (exchange.request().includeUsage() && !exchange.settings().wire().noUsage()) {
            tail.appendBuffer(format.usageChunk(exchange.usage(sent)));
        }
        if (buffered && sent > 0) {
            ledger.firstToken(System.nanoTime() - exchange.readNanos());
        }
        if (sent > 0) {
            ledger.completed(exchange.request().promptTokens(), sent);
        }
        end(tail.appendBuffer(AnswerFormat.done()));
    }

    private void write(Buffer bytes) {
        if (buffered) {
            held.appendBuffer(bytes);
        } else if (bytes.length() > 0) {
            response.write(bytes);
        }
    }

    private void end(Buffer tail) {
        response.end(held.appendBuffer(tail));
        over();
    }
}
