/**
 * The validity checks: whether a level was measured as its numbers claim, and which of them a fault moves which
 * way. Judges no budget.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.metric.check;
