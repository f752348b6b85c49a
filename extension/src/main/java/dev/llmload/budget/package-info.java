/**
 * The budget grammar, its evaluation and the verdicts. Measures nothing and prints nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.budget;
