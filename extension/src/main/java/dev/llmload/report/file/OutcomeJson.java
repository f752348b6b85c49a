package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.report.Cause;
import dev.llmload.report.InvocationOutcome;

/** What decided an invocation, as results.json and gate.json have it. */
public final class OutcomeJson {
    private OutcomeJson() {}

    /**
     * Adds {@code outcome}, an array of what decided with {@code kind}, {@code status} and {@code sentence}, the gravest
     * first; empty for a pass.
     *
     * @param node what gets it
     * @param outcome of one invocation
     */
    public static void into(ObjectNode node, InvocationOutcome outcome) {
        into(node.putArray("outcome"), outcome, false);
    }

    /**
     * Adds what decided to an array in which several invocations are; each says which, unless it is the test as a whole.
     *
     * @param causes what gets it
     * @param outcome of one invocation
     */
    static void into(ArrayNode causes, InvocationOutcome outcome) {
        into(causes, outcome, !outcome.name().isEmpty());
    }

    private static void into(ArrayNode causes, InvocationOutcome outcome, boolean named) {
        for (Cause cause : outcome.causes()) {
            ObjectNode node = causes.addObject();
            if (named) {
                node.put("invocation", outcome.name());
            }
            node.put("kind", cause.kind().name())
                    .put("verdict", cause.status().name())
                    .put("sentence", cause.sentence());
        }
    }
}
