/**
 * The validity checks: whether a level was measured as its numbers claim, and which of them a fault moves which
 * way. Judges no budget.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.metric.check;
