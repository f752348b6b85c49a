package dev.llmload.simulator.engine;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** The clock that steps go by, and who wakes them. */
public interface StepTimer {
    /** Nanoseconds of a clock that only goes forward. */
    long nanoTime();

    /** Runs a task later, never within this call; 0 is as soon as what waits already has had its turn. */
    void after(long nanos, Runnable task);

    static StepTimer of(EventLoop loop) {
        return new StepTimer() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void after(long nanos, Runnable task) {
                if (nanos > 0) {
                    loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
                } else {
                    loop.execute(task);
                }
            }
        };
    }
}
