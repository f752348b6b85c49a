/**
 * The simulated continuous-batching engine, its KV cache, its GPU and its counters. Has no network.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.simulator.engine;
