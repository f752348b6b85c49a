/**
 * Reads budgets and objectives, and says what is wrong with them and where. Judges nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.budget.grammar;
