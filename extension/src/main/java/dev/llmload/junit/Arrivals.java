package dev.llmload.junit;

/** How requests follow each other in an open loop. */
public enum Arrivals {
    /** Independently of each other, as those of many users do: exponential gaps. Bursts belong to it. */
    POISSON,
    /** One gap like the other: no burst tests the queue. */
    CONSTANT
}
