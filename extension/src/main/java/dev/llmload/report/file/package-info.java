/**
 * The files of a run for machines: JSON, CSV, Markdown, OpenMetrics, history, request lines. Draws nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.report.file;
