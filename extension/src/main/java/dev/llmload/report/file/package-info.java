/**
 * The files of a run for machines: JSON, CSV, Markdown, OpenMetrics, history, request lines. Draws nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report.file;
