package dev.llmload.simulator;

import dev.llmload.simulator.engine.BatchLoop;
import dev.llmload.simulator.engine.Ledger;

/** A stream with an event for each step of the engine that gave it a token. */
final class BatchStream extends BatchAnswer {
    private final StreamWriter writer;

    BatchStream(Exchange exchange, BatchLoop steps, Ledger ledger) {
        super(exchange, steps);
        this.writer = new StreamWriter(exchange, ledger);
    }

    @Override
    void start() {
        writer.start();
    }

    /** A client that does not read slows nothing: like a real engine's, its tokens pile up here. */
    @Override
    void token() {
        RequestPlan plan = exchange.plan();
        if (plan.has(Fault.STALL_FIRST)) {
            steps.park(sequence);
        } else if (plan.has(Fault.EMPTY)) {
            finish("stop");
        } else if (writer.breaks()) {
            if (writer.fail()) {
                over();
            } else {
                steps.park(sequence);
            }
        } else {
            writer.chunk();
            if (writer.complete()) {
                finish(exchange.finishReason());
            }
        }
    }

    private void finish(String reason) {
        writer.finish(reason, sequence.cachedTokens());
        over();
    }
}
