package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * How requests follow each other in an open loop.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Arrivals {
    /** Independently of each other, as those of many users do: exponential gaps. Bursts belong to it. */
    POISSON,
    /** One gap like the other: no burst tests the queue. */
    CONSTANT,
    /**
     * Gaps of a gamma distribution whose shape is {@link LlmLoad#burstiness()}: below 1 in bursts, as traffic of services often
     * is; 1 like {@link #POISSON}; above 1 more and more like {@link #CONSTANT}.
     */
    GAMMA
}
