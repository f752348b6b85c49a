/**
 * What a run prints: progress, tables, failure messages, the summary. Foreign text is shown and not obeyed.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report.console;
