package dev.llmload.benchmark;

import com.sun.management.ThreadMXBean;
import dev.llmload.load.LoadListener;
import java.lang.management.ManagementFactory;

/** CPU time, allocation and collections of this JVM between the announcements of a level's window and its drain. */
final class WindowCosts implements LoadListener {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private volatile long nanos;
    private volatile double cpu;
    private volatile long bytes;
    private volatile long collecting;
    private volatile double seconds;

    @Override
    public void phase(String level, String phase) {
        if (phase.equals("window")) {
            nanos = System.nanoTime();
            cpu = Machine.cpuSeconds();
            bytes = allocated();
            collecting = Machine.collectionMillis();
        } else if (phase.equals("drain")) {
            seconds = (System.nanoTime() - nanos) / 1e9;
            cpu = Machine.cpuSeconds() - cpu;
            bytes = allocated() - bytes;
            collecting = Machine.collectionMillis() - collecting;
        }
    }

    /** Cores that this JVM kept busy with everything it does. */
    double cores() {
        return cpu / seconds;
    }

    /** Bytes allocated a second by all threads together. */
    double bytesPerSecond() {
        return bytes / seconds;
    }

    /** Share of the time in which a collector ran. */
    double collecting() {
        return collecting / 1e3 / seconds;
    }

    private static long allocated() {
        long sum = 0;
        for (long of : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, of);
        }
        return sum;
    }
}
