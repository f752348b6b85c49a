/**
 * The front door: annotations, settings, the extension and the listeners. Everything that knows JUnit is here, and
 * no measuring is.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.junit;
