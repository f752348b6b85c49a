/**
 * Statistics on results: intervals and comparisons between levels. Knows no budget and no report.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.analysis;
