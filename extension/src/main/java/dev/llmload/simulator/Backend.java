package dev.llmload.simulator;

import dev.llmload.exposition.MetricsText;

/** What turns an accepted request into an answer. Confined to the simulator's event loop. */
interface Backend {
    /** Takes a request; its answer is written when it is due. */
    void accept(Exchange exchange);

    /** Its own numbers, in Prometheus' text format, each under vLLM's name. */
    void metrics(MetricsText text);
}
