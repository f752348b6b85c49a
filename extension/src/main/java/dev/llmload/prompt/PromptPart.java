package dev.llmload.prompt;

/**
 * One of the sources that the prompts of a test come from. Immutable.
 *
 * @param spec the source as it was named
 * @param weight its share of the requests, above 0 and at most 1
 * @param sha256 fingerprint of its roles and texts in their order
 * @param statistics how long its prompts are
 */
public record PromptPart(String spec, double weight, String sha256, PromptStatistics statistics) {}
