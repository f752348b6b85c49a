/**
 * The embedded OpenAI-compatible server: its batching engine or its fixed timing, its faults, and a program that starts
 * it alone. Knows nothing of the client that loads it.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.simulator;
