/**
 * When the requests behind a distribution were due. Measures nothing and knows nothing of its own project.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.result.time;
