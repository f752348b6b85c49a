/**
 * Data sets of the Hugging Face datasets server: downloading, caching, rows to prompts. The only prompts that
 * need a network.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt.hub;
