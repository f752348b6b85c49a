/**
 * Where prompts come from: class path, files and built-in sets, checked whole, fresh for each level. Sends nothing to the
 * endpoint.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt;
