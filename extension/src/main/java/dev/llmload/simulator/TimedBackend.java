package dev.llmload.simulator;

import dev.llmload.exposition.MetricsText;
import dev.llmload.simulator.engine.Engine;
import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Ledger;
import dev.llmload.simulator.settings.SimulatorTiming;
import io.netty.channel.EventLoop;

/** Answers that are timed one by one, as {@link SimulatorTiming} says. */
final class TimedBackend implements Backend {
    private final Engine engine;
    private final Ledger ledger;
    private final EventLoop loop;

    TimedBackend(SimulatorTiming timing, Ledger ledger, GpuMeter gpu, EventLoop loop) {
        this.engine = new Engine(timing, ledger, gpu);
        this.ledger = ledger;
        this.loop = loop;
    }

    @Override
    public void accept(Exchange exchange) {
        SimulatedAnswer answer = exchange.request().stream()
                ? new StreamedAnswer(exchange, engine, ledger, loop)
                : new WholeAnswer(exchange, engine, ledger, loop);
        exchange.response().closeHandler(closed -> answer.over());
        exchange.response().exceptionHandler(broken -> answer.over());
        engine.admit(answer);
    }

    /** What there is: no KV cache, no preemption; tokens count when their answer is complete. */
    @Override
    public void metrics(MetricsText text) {
        SimulatorStats stats = ledger.snapshot();
        text.gauge("vllm:num_requests_running", "Requests that hold a slot.", stats.running());
        text.gauge("vllm:num_requests_waiting", "Requests that wait for a slot.", stats.queued());
        text.counter("vllm:prompt_tokens_total", "Prompt tokens of complete answers.", stats.promptTokens());
        text.counter("vllm:generation_tokens_total", "Tokens of complete answers.", stats.outputTokens());
    }
}
