/**
 * Turns annotations and keys into the specification of a load test, or says everything that is wrong with them at
 * once. Offers no load.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.junit.declared;
