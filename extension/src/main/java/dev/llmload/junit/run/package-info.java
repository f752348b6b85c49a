/**
 * Runs a specification within JUnit: the extension, its invocations, the run's files and the listeners. Measures
 * and judges nothing itself.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.junit.run;
