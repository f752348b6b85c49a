package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.report.RunSummary;
import dev.llmload.report.InvocationOutcome;

/** What a run came to, for a script: schema {@code llm-load-gate/1}. The numbers are in the run's results.json. */
public final class SummaryJson {
    private SummaryJson() {}

    /**
     * The text.
     *
     * @param run what it came to
     * @param answer what a gate makes of it
     * @param endedEarly why the run did not come to its end; empty if it did
     */
    public static String render(RunSummary run, String answer, String endedEarly) {
        ObjectNode root = Json.object().put("schema", "llm-load-gate/1");
        root.put("answer", answer)
                .put("verdict", run.status().name())
                .put("simulated", run.simulated());
        if (!endedEarly.isEmpty()) {
            root.put("ended_early", endedEarly);
        }
        ArrayNode folders = root.putArray("folders");
        run.folders().forEach(folder -> folders.add(folder.toString()));
        ArrayNode tests = root.putArray("tests");
        for (RunSummary.Test test : run.tests()) {
            ObjectNode node = tests.addObject().put("id", test.id());
            ArrayNode invocations = node.putArray("invocations");
            for (InvocationOutcome entry : test.entries()) {
                ObjectNode each = invocations.addObject();
                if (!entry.name().isEmpty()) {
                    each.put("name", entry.name());
                }
                each.put("status", entry.status().name());
                OutcomeJson.into(each, entry);
                if (!entry.message().isEmpty()) {
                    each.put("message", entry.message());
                }
            }
        }
        return Json.pretty(root);
    }
}
