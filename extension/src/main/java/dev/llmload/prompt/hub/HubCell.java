package dev.llmload.prompt.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.prompt.Content;
import dev.llmload.prompt.JsonPrompt;
import dev.llmload.prompt.OddRow;
import dev.llmload.prompt.PromptFormat;
import dev.llmload.prompt.Raw;
import dev.llmload.prompt.RecordSource;
import dev.llmload.prompt.SourceOptions;
import dev.llmload.prompt.Turns;

/** The prompt in one column of a row: a text, or messages as {@link Turns} reads them. */
final class HubCell {
    private final String column;
    private final RecordSource rows;

    HubCell(HubName name, String column) {
        this.column = column;
        this.rows = new RecordSource(
                name.spec(), new Content.InMemory(new byte[0]), PromptFormat.JSONL, SourceOptions.NONE, "row");
    }

    /** The prompt as a JSONL source has it; what cannot be sent is an {@link OddRow}. */
    ObjectNode of(JsonNode row) {
        long number = row.path("row_idx").asLong(-1);
        for (JsonNode cut : row.path("truncated_cells")) {
            if (cut.asText().equals(column)) {
                throw OddRow.malformed(
                        rows,
                        number,
                        "the server cut the column \"" + column + "\" off: take fewer rows with limit=" + number);
            }
        }
        JsonNode value = row.path("row").path(column);
        ObjectNode prompt = JsonNodeFactory.instance.objectNode();
        if (value.isMissingNode() || value.isNull()) {
            throw OddRow.empty(rows, number, "the column \"" + column + "\" is null");
        }
        prompt.set(value.isArray() ? "messages" : "prompt", value);
        // Checked here, where the number of the row is known.
        JsonPrompt.parse(rows, new Raw(0, 0, number, prompt.toString()));
        return prompt;
    }
}
