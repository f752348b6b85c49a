package dev.llmload.simulator.engine;

import dev.llmload.simulator.settings.Require;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A continuous-batching engine that takes one step at a time and has no clock: {@link #begin()} decides what the next
 * step does and says how long it takes, {@link #end()} gives out its tokens. Confined to one thread.
 *
 * <p>The order of things is that of vLLM's V1 scheduler. Running requests come first, in the order of their admission,
 * a decode or the next piece of a prefill each; what the step's budget leaves goes to the queue, first in first out.
 * When the KV cache has no room for a running request's next token, the newest running one loses all it had and goes
 * back to the head of the queue, to be computed again; in such a step nothing is admitted.
 */
public final class BatchEngine {
    private final EngineModel model;
    private final KvCache cache;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final List<Sequence> planned = new ArrayList<>();
    private final List<Sequence> served = new ArrayList<>();
    private final EngineCounters counters = new EngineCounters();
    private int[] shares = new int[64];
    private int budget;

    public BatchEngine(EngineModel model) {
        this.model = model;
        this.cache = new KvCache(model);
    }

    /** Puts a request at the end of the queue. It can be admitted with the next step that begins. */
    public void submit(Sequence sequence) {
        int most = sequence.promptTokens() + sequence.outputTokens();
        Require.that(
                most <= model.maxContext(), "prompt and answer", "at most " + model.maxContext() + " tokens", most);
        waiting.add(sequence);
    }

    /** Takes a request out, wherever it is. Its share of a step that has begun is lost. Further calls do nothing. */
    void cancel(Sequence sequence) {
        if (sequence.state == Sequence.State.WAITING) {
            waiting.remove(sequence);
        } else if (sequence.state == Sequence.State.RUNNING) {
            running.remove(sequence);
            cache.release(sequence);
        }
        sequence.state = Sequence.State.OVER;
    }

    /** Lets a request keep its place in the batch and its KV entries without getting anything more. */
    void park(Sequence sequence) {
        sequence.parked = true;
    }

    /**
     * Decides what the next step does.
     *
     * @return its duration in nanoseconds, or -1 if there is nothing to do
     */
    public long begin() {
        planned.clear();
        budget = model.stepTokens();
        if (planRunning()) {
            planWaiting();
        }
        if (planned.isEmpty()) {
            return -1;
        }
        int decodes = 0;
        long context = 0;
        int prefill = 0;
        for (int i = 0; i < planned.size(); i++) {
            Sequence sequence = planned.get(i);
            if (sequence.decodes()) {
                decodes++;
                context += sequence.known();
            } else {
                prefill += shares[i];
            }
        }
        return model.stepNanos(decodes, context, prefill);
    }

    /** Ends the step that began last: tokens are there, complete requests have left; then each is told of its token. */
    public void end() {
        served.clear();
        boolean left = false;
        for (int i = 0; i < planned.size(); i++) {
            Sequence sequence = planned.get(i);
            if (sequence.state != Sequence.State.RUNNING || sequence.parked) {
                continue;
            }
            sequence.computed += shares[i];
            cache.offer(sequence);
            if (sequence.missing() == 0) {
                counters.token(sequence);
                sequence.emitted++;
                served.add(sequence);
                if (sequence.complete()) {
                    sequence.state = Sequence.State.OVER;
                    cache.release(sequence);
                    left = true;
                }
            }
        }
        planned.clear();
        if (left) {
            running.removeIf(sequence -> sequence.state == Sequence.State.OVER);
        }
        served.forEach(Sequence::tell);
    }

    public int running() {
        return running.size();
    }

    public int waiting() {
        return waiting.size();
    }

    /** Share of the KV cache that requests hold, 0 to 1. */
    public double kvUsage() {
        return cache.usage();
    }

    /** Tokens for which requests hold room in the KV cache. */
    public double kvTokens() {
        return cache.usage() * model.kvTokens();
    }

    /** What the step that began last computes, as a share of what could be computed in its time. */
    public double arithmetic(long stepNanos) {
        double most = model.prefillRate() * (stepNanos / 1e9);
        return most > 0 ? (model.stepTokens() - budget) / most : 1;
    }

    public EngineCounters counters() {
        return counters;
    }

    /** False if somebody had to leave, so that nobody may come. */
    private boolean planRunning() {
        boolean room = true;
        for (int i = 0; i < running.size() && budget > 0; i++) {
            Sequence sequence = running.get(i);
            if (sequence.parked) {
                continue;
            }
            int tokens = Math.min(sequence.missing(), budget);
            while (sequence.state == Sequence.State.RUNNING && !cache.grow(sequence, sequence.computed + tokens)) {
                preempt(running.remove(running.size() - 1));
                room = false;
            }
            if (sequence.state == Sequence.State.RUNNING) {
                plan(sequence, tokens);
            }
        }
        return room;
    }

    private void planWaiting() {
        while (!waiting.isEmpty() && running.size() < model.maxBatch() && budget > 0) {
            Sequence sequence = waiting.peek();
            int known = cache.known(sequence);
            int cached = known * KvCache.BLOCK;
            int tokens = Math.min(sequence.known() - cached, budget);
            if (!cache.admit(sequence, known, cached + tokens)) {
                return;
            }
            if (!sequence.looked) {
                sequence.looked = true;
                sequence.cachedTokens = cached;
                counters.looked(model.prefixCache() ? sequence.promptTokens() : 0, cached);
            }
            sequence.computed = cached;
            sequence.state = Sequence.State.RUNNING;
            running.add(waiting.remove());
            plan(sequence, tokens);
        }
    }

    private void plan(Sequence sequence, int tokens) {
        if (planned.size() == shares.length) {
            shares = Arrays.copyOf(shares, shares.length * 2);
        }
        shares[planned.size()] = tokens;
        planned.add(sequence);
        budget -= tokens;
    }

    private void preempt(Sequence victim) {
        cache.release(victim);
        if (victim.parked) {
            victim.state = Sequence.State.OVER;
            return;
        }
        victim.computed = 0;
        victim.state = Sequence.State.WAITING;
        waiting.addFirst(victim);
        counters.preempted();
    }
}
