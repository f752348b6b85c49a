package dev.llmload.simulator;

import dev.llmload.simulator.engine.Ledger;

/** What an answer in one piece writes, and how it breaks. */
final class WholeWriter {
    private final Exchange exchange;
    private final Ledger ledger;

    WholeWriter(Exchange exchange, Ledger ledger) {
        this.exchange = exchange;
        this.ledger = ledger;
    }

    void finish(int cachedTokens) {
        RequestPlan plan = exchange.plan();
        if (plan.has(Fault.RESET) || plan.has(Fault.TRUNCATE)) {
            exchange.reset();
        } else if (plan.has(Fault.STREAM_ERROR)) {
            Replies.error(exchange.response(), 500, "InternalServerError", "the engine died (a simulated fault)");
        } else if (plan.has(Fault.EMPTY)) {
            answer("", 0, "stop", cachedTokens);
        } else {
            String text = Vocabulary.words(plan.random(), plan.tokens(), true);
            ledger.completed(exchange.request().promptTokens(), plan.tokens(), exchange.finishReason());
            answer(text, plan.tokens(), exchange.finishReason(), cachedTokens);
        }
    }

    private void answer(String text, int tokens, String reason, int cachedTokens) {
        String usage = exchange.settings().wire().noUsage() ? "" : exchange.usage(tokens, cachedTokens);
        Replies.json(exchange.response(), 200, exchange.format().whole(text, reason, usage));
    }
}
