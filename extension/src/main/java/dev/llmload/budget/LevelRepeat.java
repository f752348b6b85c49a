package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;

/**
 * One of several runs of a level. Immutable.
 *
 * @param number from 1
 * @param result what it came to
 * @param verdict what its own numbers would have come to; budgets "of baseline", which compare all runs, are not part of it
 * @param shown whether its window, timeline and GPUs stand for all
 * @param leftOut why it is left out of what it did not measure truly; empty if it is not
 */
public record LevelRepeat(int number, LoadResult result, Verdict verdict, boolean shown, String leftOut) {}
