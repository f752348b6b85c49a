/**
 * Configuration keys, placeholders and durations. Knows no annotation and no JUnit.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.config;
