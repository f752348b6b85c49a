/**
 * Data sets of the Hugging Face datasets server: downloading, caching, rows to prompts. The only prompts that
 * need a network.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt.hub;
