package dev.llmload.gate;

import dev.llmload.metric.check.ClientUnderTest;

/**
 * The command line on a client that is never too slow, so that its exit code says something of the gate and not of what else
 * runs on this machine.
 */
final class GateOnASteadyClient {
    private GateOnASteadyClient() {}

    /** As {@link Main}. */
    public static void main(String[] args) {
        ClientUnderTest.KEEPS_UP.during(() -> Main.main(args));
    }
}
