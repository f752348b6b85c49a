/**
 * Immutable records of what was measured, in the words of the field: TTFT, TPOT, ITL, throughput, success rate. Knows
 * no other package of the product and does no measuring itself.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.result;
