package dev.llmload.simulator;

import dev.llmload.simulator.engine.BatchLoop;
import dev.llmload.simulator.engine.Ledger;

/** An answer in one piece, when the engine has given its last token. */
final class BatchWhole extends BatchAnswer {
    private final Ledger ledger;

    BatchWhole(Exchange exchange, BatchLoop steps, Ledger ledger) {
        super(exchange, steps);
        this.ledger = ledger;
    }

    @Override
    void start() {
        exchange.plan().fault().ifPresent(ledger::fault);
    }

    @Override
    void token() {
        RequestPlan plan = exchange.plan();
        if (plan.has(Fault.STALL) || plan.has(Fault.STALL_FIRST)) {
            steps.park(sequence); // holds the connection until the client gives up
        } else if (sequence.complete()) {
            new WholeWriter(exchange, ledger).finish(sequence.cachedTokens());
            over();
        }
    }
}
