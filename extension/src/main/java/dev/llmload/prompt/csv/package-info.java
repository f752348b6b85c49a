/**
 * Prompts in CSV files (RFC 4180): records, their fields, the column that holds the prompt. Opens no file.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt.csv;
