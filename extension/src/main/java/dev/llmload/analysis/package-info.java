/**
 * Statistics on results: intervals and comparisons between levels. Knows no budget and no report.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.analysis;
