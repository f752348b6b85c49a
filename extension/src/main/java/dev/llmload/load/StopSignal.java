package dev.llmload.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the user wants no more. Safe for use by any thread. */
public final class StopSignal {
    private final AtomicReference<String> reason = new AtomicReference<>("");
    private final CountDownLatch requested = new CountDownLatch(1);

    public void request(String why) {
        reason.compareAndSet("", why.isBlank() ? "stopped" : why);
        requested.countDown();
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    public String reason() {
        return reason.get();
    }

    /** Waits so long, or less if a stop is requested; an interrupt counts as one. */
    public void pause(long nanos) {
        try {
            if (requested.await(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            request("interrupted");
            Thread.currentThread().interrupt();
        }
    }
}
