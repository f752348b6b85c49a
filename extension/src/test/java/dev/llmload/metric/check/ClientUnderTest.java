package dev.llmload.metric.check;

import java.util.function.Supplier;

/**
 * What the checks are to think of this machine while a test runs a load to see its verdict. Sockets, clocks and numbers
 * stay real; only whether the client was too slow is decided here instead of by what else runs on the machine.
 */
public enum ClientUnderTest {
    /** Never too slow, however busy the machine is. */
    KEEPS_UP(new ClientLimits(0, 1, 0, 1, 0, Long.MAX_VALUE, 1)),
    /** Too slow, however quiet the machine is: all that was measured may be its own doing. */
    TOO_SLOW(new ClientLimits(1e9, -1, -1, -1, 0, Long.MAX_VALUE, 1));

    private final ClientLimits limits;

    ClientUnderTest(ClientLimits limits) {
        this.limits = limits;
    }

    /** Holds while the work is done, in the whole JVM. */
    public <T> T during(Supplier<T> work) {
        ClientLimits before = ClientLimits.inForce();
        ClientLimits.replace(limits);
        try {
            return work.get();
        } finally {
            ClientLimits.replace(before);
        }
    }

    /** Holds while the work is done, in the whole JVM. */
    public void during(Runnable work) {
        during(() -> {
            work.run();
            return this;
        });
    }
}
