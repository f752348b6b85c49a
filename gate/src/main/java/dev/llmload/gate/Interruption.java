package dev.llmload.gate;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM while a plan runs: the load stops by itself, and the thread of the plan gets some seconds to come to
 * its end and write what there is. If it does not, that is written without it.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 8;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable begins;
    private final Runnable lastResort;
    private final Thread hook = new Thread(this::interrupted, "llm-load gate shutdown");

    /**
     * Watches from now on.
     *
     * @param begins run as soon as the JVM is told to stop
     * @param lastResort run if the plan has not come to its end some seconds later
     */
    Interruption(Runnable begins, Runnable lastResort) {
        this.begins = begins;
        this.lastResort = lastResort;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        begins.run();
        try {
            if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastResort.run();
    }

    /** The plan is over, and everything is written. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook has just been told that it need not wait.
        }
    }
}
