/**
 * Configuration keys, placeholders and durations. Knows no annotation and no JUnit.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.config;
