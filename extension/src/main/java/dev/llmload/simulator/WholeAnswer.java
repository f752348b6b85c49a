package dev.llmload.simulator;

import io.netty.channel.EventLoop;

/** An answer in one piece, after the time that its stream would have taken. */
final class WholeAnswer extends Answer {
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
        RequestPlan plan = exchange.plan();
        if (plan.has(Fault.RESET) || plan.has(Fault.TRUNCATE)) {
            exchange.reset();
        } else if (plan.has(Fault.STREAM_ERROR)) {
            Replies.error(exchange.response(), 500, "InternalServerError", "the engine died (a simulated fault)");
        } else if (plan.has(Fault.EMPTY)) {
            answer("", 0, "stop");
        } else {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < plan.tokens(); i++) {
                text.append(Vocabulary.word(plan.random(), i == 0));
            }
            ledger.completed(exchange.request().promptTokens(), plan.tokens());
            answer(text.toString(), plan.tokens(), exchange.finishReason());
        }
        over();
    }

    private void answer(String text, int tokens, String reason) {
        String usage = exchange.settings().wire().noUsage() ? "" : exchange.usage(tokens);
        Replies.json(exchange.response(), 200, exchange.format().whole(text, reason, usage));
    }
}
