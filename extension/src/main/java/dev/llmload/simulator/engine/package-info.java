/**
 * The simulated continuous-batching engine, its KV cache, its GPU and its counters. Has no network.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.simulator.engine;
