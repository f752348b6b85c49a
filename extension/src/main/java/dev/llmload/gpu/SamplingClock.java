package dev.llmload.gpu;

/** The clock that samples are stamped with, and a way to wait on it. */
interface SamplingClock {
    SamplingClock SYSTEM = new SamplingClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    };

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Returns when so many nanoseconds, at least 1, have passed. */
    void sleep(long nanos) throws InterruptedException;
}
