package dev.llmload.metric.check;

import dev.llmload.gate.Main;

/**
 * The command line on a client that is never too slow, so that its exit code says something of the gate and not of what else
 * runs on this machine. In this package because nobody but a test may say so.
 */
public final class GateOnASteadyClient {
    private GateOnASteadyClient() {}

    /** As {@link Main}. */
    public static void main(String[] args) {
        ClientLimits.replace(ClientLimits.NONE);
        Main.main(args);
    }
}
