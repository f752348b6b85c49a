/**
 * One attempted request: its instants and counts, its phase, what its usage and its finish reason say, and what it must
 * meet to be a good one. Knows the metrics and outcomes of {@code result} alone.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.result.request;
