/**
 * What a run leaves behind and shows: charts, JSON, CSV, Markdown, console. Decides no verdict.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report;
