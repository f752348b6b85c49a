package dev.llmload.junit.run;

import dev.llmload.result.Verdict;

/**
 * A verdict that is no pass, whatever the policies make of it.
 *
 * @param test id of the test
 * @param invocation display name of the invocation
 * @param verdict of its budgets, those whose level a key removed included
 * @param message every budget with value, limit and distance
 */
record RunFinding(String test, String invocation, Verdict verdict, String message) {}
