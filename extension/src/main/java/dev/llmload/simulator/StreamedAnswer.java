package dev.llmload.simulator;

import dev.llmload.simulator.engine.Engine;
import dev.llmload.simulator.engine.Ledger;
import io.netty.channel.EventLoop;

/**
 * A stream of tokens. Each token has its own instant, counted from the one before it and not from when that was
 * written, so that a late timer does not make the whole answer late.
 */
final class StreamedAnswer extends SimulatedAnswer {
    private final RequestPlan plan;
    private final StreamWriter writer;
    private long nextNanos;

    StreamedAnswer(Exchange exchange, Engine engine, Ledger ledger, EventLoop loop) {
        super(exchange, engine, ledger, loop);
        this.plan = exchange.plan();
        this.writer = new StreamWriter(exchange, ledger);
    }

    @Override
    public void run() {
        writer.start();
        nextNanos = firstTokenNanos();
        if (plan.has(Fault.EMPTY)) {
            at(nextNanos, () -> finish("stop"));
        } else if (!plan.has(Fault.STALL_FIRST)) {
            at(nextNanos, this::step);
        }
    }

    private void step() {
        while (!writer.complete()) {
            if (writer.breaks()) {
                if (writer.fail()) {
                    over();
                }
                return;
            }
            writer.chunk();
            if (!writer.complete()) {
                nextNanos += engine.chunkNanos(plan.random().nextDouble());
                if (writer.full()) {
                    // The client does not read. Like a real server's, this stream waits for it.
                    exchange.response().drainHandler(ready -> {
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

    private void finish(String reason) {
        writer.finish(reason, 0);
        over();
    }
}
