/**
 * What a run leaves behind and shows: charts, JSON, CSV, Markdown, console. Decides no verdict.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.report;
