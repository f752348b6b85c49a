/**
 * The budget grammar, its evaluation and the verdicts. Measures nothing and prints nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.budget;
