/**
 * What a model's work costs in FLOPs and bytes, what devices could do at most, and what share of that a level used. Reads
 * Hugging Face configurations and a table of peaks; knows no GPU interface, offers no load, judges nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.model;
