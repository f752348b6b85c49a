/**
 * What a run prints: progress, tables, failure messages, the summary. Foreign text is shown and not obeyed.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.report.console;
