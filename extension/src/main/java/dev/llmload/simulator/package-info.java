/**
 * The embedded OpenAI-compatible server with its timing, its queue and its faults. Knows nothing of the client that
 * loads it.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.simulator;
