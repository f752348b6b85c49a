/**
 * Where prompts come from: class path, files and built-in sets, in JSONL and text, fresh for each level. Sends
 * nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt;
