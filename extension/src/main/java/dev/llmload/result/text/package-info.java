/**
 * Text of others and text for readers: what is removed because it is secret, what is shown as what it is, durations in words.
 * Knows no other package.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.result.text;
