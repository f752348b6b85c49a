/**
 * Where prompts come from: class path, files and built-in sets, checked whole, fresh for each level. Sends nothing to the
 * endpoint.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt;
