/**
 * What a user writes: the annotations and the interfaces that they name. Nothing else lives here.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.junit;
