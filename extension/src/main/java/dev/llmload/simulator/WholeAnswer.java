package dev.llmload.simulator;

import dev.llmload.simulator.engine.Engine;
import dev.llmload.simulator.engine.Ledger;
import io.netty.channel.EventLoop;

/** An answer in one piece, after the time that its stream would have taken. */
final class WholeAnswer extends SimulatedAnswer {
    WholeAnswer(Exchange exchange, Engine engine, Ledger ledger, EventLoop loop) {
        super(exchange, engine, ledger, loop);
    }

    @Override
    public void run() {
        at(firstTokenNanos(), this::firstToken);
    }

    private void firstToken() {
        RequestPlan plan = exchange.plan();
        plan.fault().ifPresent(ledger::fault);
        if (plan.has(Fault.STALL) || plan.has(Fault.STALL_FIRST)) {
            return; // holds the connection until the client gives up
        }
        long chunks = (plan.tokens() - 1) / exchange.settings().timing().tokensPerChunk();
        at(System.nanoTime() + chunks * engine.chunkNanos(0.5), this::finish);
    }

    private void finish() {
        new WholeWriter(exchange, ledger).finish(0);
        over();
    }
}
