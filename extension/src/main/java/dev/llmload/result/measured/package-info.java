/**
 * How what was measured is held and made: the results behind {@code LoadResult} and {@code Distribution}, and their
 * histograms. Whoever only reads results stays out of it.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.result.measured;
