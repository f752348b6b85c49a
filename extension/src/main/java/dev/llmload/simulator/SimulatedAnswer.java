package dev.llmload.simulator;

import dev.llmload.simulator.engine.Engine;
import dev.llmload.simulator.engine.Ledger;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer from its admission to its end. Confined to the simulator's event loop. */
abstract class SimulatedAnswer implements Runnable {
    protected final Exchange exchange;
    protected final Engine engine;
    protected final Ledger ledger;
    private final EventLoop loop;
    private @Nullable Future<?> timer;
    private boolean over;

    SimulatedAnswer(Exchange exchange, Engine engine, Ledger ledger, EventLoop loop) {
        this.exchange = exchange;
        this.engine = engine;
        this.ledger = ledger;
        this.loop = loop;
    }

    /** The request got its slot. */
    @Override
    public abstract void run();

    /** When the first token is due, for a request that starts now. */
    protected final long firstTokenNanos() {
        return engine.prefilledNanos(System.nanoTime()) + exchange.plan().ttftNanos();
    }

    /** Runs the next step at an instant of {@link System#nanoTime()}; a past one is as soon as possible. */
    protected final void at(long nanos, Runnable step) {
        timer = loop.schedule(
                () -> {
                    if (!over) {
                        step.run();
                    }
                },
                Math.max(0, nanos - System.nanoTime()),
                TimeUnit.NANOSECONDS);
    }

    /** The answer ended or its connection did: the slot is free. Further calls do nothing. */
    final void over() {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        engine.leave(this);
    }
}
