package dev.llmload.simulator;

import dev.llmload.exposition.MetricsText;
import dev.llmload.simulator.engine.BatchEngine;
import dev.llmload.simulator.engine.BatchLoop;
import dev.llmload.simulator.engine.EngineCounters;
import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Ledger;
import dev.llmload.simulator.engine.StepTimer;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** Answers whose tokens come from the steps of a {@link BatchEngine}. */
final class BatchBackend implements Backend {
    private final BatchLoop steps;
    private final Ledger ledger;
    private final EventLoop loop;

    BatchBackend(EngineModel model, Ledger ledger, GpuMeter gpu, EventLoop loop) {
        this.steps = new BatchLoop(new BatchEngine(model), StepTimer.of(loop), ledger, gpu);
        this.ledger = ledger;
        this.loop = loop;
    }

    @Override
    public void accept(Exchange exchange) {
        BatchAnswer answer = exchange.request().stream()
                ? new BatchStream(exchange, steps, ledger)
                : new BatchWhole(exchange, steps, ledger);
        exchange.response().closeHandler(closed -> answer.over());
        exchange.response().exceptionHandler(broken -> answer.over());
        answer.start();
        if (exchange.plan().has(Fault.LATE)) {
            loop.schedule(answer::submit, exchange.settings().faults().late().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            answer.submit();
        }
    }

    @Override
    public void metrics(MetricsText text) {
        BatchEngine engine = steps.engine();
        EngineCounters counters = engine.counters();
        text.gauge("vllm:num_requests_running", "Requests in the batch.", engine.running());
        text.gauge("vllm:num_requests_waiting", "Requests in the queue.", engine.waiting());
        for (String name : new String[] {"vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"}) {
            text.gauge(name, "Share of the KV cache in use; 1 is all of it.", engine.kvUsage());
        }
        text.counter(
                "vllm:prefix_cache_queries_total",
                "Prompt tokens that the prefix cache was asked for.",
                counters.prefixQueries());
        text.counter("vllm:prefix_cache_hits_total", "Prompt tokens that the prefix cache had.", counters.prefixHits());
        text.counter(
                "vllm:num_preemptions_total",
                "Times that a request lost its KV entries to another.",
                counters.preemptions());
        text.counter("vllm:prompt_tokens_total", "Prompt tokens prefilled or cached.", counters.promptTokens());
        text.counter("vllm:generation_tokens_total", "Tokens generated.", counters.generationTokens());
        steps.lateness().write(text);
    }
}
