package dev.llmload.simulator;

import dev.llmload.exposition.MetricsText;
import dev.llmload.simulator.engine.BatchEngine;
import dev.llmload.simulator.engine.BatchLoop;
import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Ledger;
import dev.llmload.simulator.engine.StepLateness;
import dev.llmload.simulator.engine.StepTimer;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Answers whose tokens come from the steps of a {@link BatchEngine}, or of one of several. */
final class BatchBackend implements Backend {
    private final List<BatchLoop> replicas = new ArrayList<>();
    private final String stickyHeader;
    private final StepLateness lateness = new StepLateness();
    private final Ledger ledger;
    private final EventLoop loop;
    private int turn;

    /** As many replicas as there are GPUs. */
    BatchBackend(EngineModel model, String stickyHeader, Ledger ledger, List<GpuMeter> gpus, EventLoop loop) {
        for (GpuMeter gpu : gpus) {
            replicas.add(
                    new BatchLoop(replicas.size(), new BatchEngine(model), StepTimer.of(loop), ledger, gpu, lateness));
        }
        this.stickyHeader = stickyHeader;
        this.ledger = ledger;
        this.loop = loop;
    }

    @Override
    public void accept(Exchange exchange) {
        BatchLoop steps = replica(exchange);
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

    private BatchLoop replica(Exchange exchange) {
        String session = stickyHeader.isEmpty() ? null : exchange.http().getHeader(stickyHeader);
        int number = session == null ? turn++ : session.hashCode();
        return replicas.get(Math.floorMod(number, replicas.size()));
    }

    @Override
    public void metrics(MetricsText text) {
        gauge(text, "vllm:num_requests_running", "Requests in the batch.", BatchEngine::running);
        gauge(text, "vllm:num_requests_waiting", "Requests in the queue.", BatchEngine::waiting);
        for (String name : new String[] {"vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"}) {
            gauge(text, name, "Share of the KV cache in use; 1 is all of it.", BatchEngine::kvUsage);
        }
        counter(
                text,
                "vllm:prefix_cache_queries_total",
                "Prompt tokens that the prefix cache was asked for.",
                engine -> engine.counters().prefixQueries());
        counter(
                text,
                "vllm:prefix_cache_hits_total",
                "Prompt tokens that the prefix cache had.",
                engine -> engine.counters().prefixHits());
        counter(
                text,
                "vllm:num_preemptions_total",
                "Times that a request lost its KV entries to another.",
                engine -> engine.counters().preemptions());
        counter(
                text,
                "vllm:prompt_tokens_total",
                "Prompt tokens prefilled or cached.",
                engine -> engine.counters().promptTokens());
        counter(
                text,
                "vllm:generation_tokens_total",
                "Tokens generated.",
                engine -> engine.counters().generationTokens());
        lateness.write(text);
    }

    private void gauge(MetricsText text, String name, String help, ToDoubleFunction<BatchEngine> value) {
        text.engines("gauge", name, help, each(value));
    }

    private void counter(MetricsText text, String name, String help, ToLongFunction<BatchEngine> value) {
        text.engines("counter", name, help, each(value::applyAsLong));
    }

    private double[] each(ToDoubleFunction<BatchEngine> value) {
        return replicas.stream().map(BatchLoop::engine).mapToDouble(value).toArray();
    }
}
