/**
 * What a user writes: the annotations, and the enums and interfaces that their members name. Nothing else lives here. It
 * knows {@code result} alone, and every other package may know it, so that each enum exists once; only {@link
 * dev.llmload.junit.LlmLoad} points upward, to the extension that JUnit runs for it.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.junit;
