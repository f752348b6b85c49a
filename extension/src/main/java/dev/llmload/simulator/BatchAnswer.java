package dev.llmload.simulator;

import dev.llmload.simulator.engine.BatchLoop;
import dev.llmload.simulator.engine.Sequence;

/** An answer that the batching engine paces. Confined to the simulator's event loop. */
abstract class BatchAnswer {
    protected final Exchange exchange;
    protected final BatchLoop steps;
    protected final Sequence sequence;
    private boolean over;

    BatchAnswer(Exchange exchange, BatchLoop steps) {
        this.exchange = exchange;
        this.steps = steps;
        this.sequence = new Sequence(
                exchange.request().promptTokens(),
                exchange.request().prompt().hashes(),
                exchange.plan().tokens(),
                this::token);
    }

    /** The request is there; what the client gets at once goes out. */
    abstract void start();

    /** A step gave it a token. */
    abstract void token();

    final void submit() {
        if (!over) {
            steps.submit(sequence);
        }
    }

    /** The answer ended or its connection did: the engine forgets it. Further calls do nothing. */
    final void over() {
        if (!over) {
            over = true;
            steps.cancel(sequence);
        }
    }
}
