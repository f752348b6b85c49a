/**
 * Reads budgets and objectives, and says what is wrong with them and where. Judges nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.budget.grammar;
