/**
 * What others may plug in, found by {@link java.util.ServiceLoader}: prompt sources, sources of GPU readings, and listeners
 * of a run. Made of the JDK's types and those of {@code dev.llmload.result}; holds interfaces and immutable records and does
 * nothing itself.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.spi;
