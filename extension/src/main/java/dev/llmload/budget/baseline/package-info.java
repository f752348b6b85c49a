/**
 * What an earlier release came to: its file, and the comparison of a level with it. Prints nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.budget.baseline;
