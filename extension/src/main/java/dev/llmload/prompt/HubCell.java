package dev.llmload.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The prompt in one column of a row: a text, or messages with role and content, or from and value. */
final class HubCell {
    private static final Map<String, String> ROLES = Map.of("human", "user", "gpt", "assistant");

    private final HubName name;
    private final String column;
    private final PromptSource rows;

    HubCell(HubName name, String column) {
        this.name = name;
        this.column = column;
        this.rows = new PromptSource(
                name.spec(), new Content.InMemory(new byte[0]), PromptFormat.JSONL, SourceOptions.NONE, "row");
    }

    /** The prompt as a JSONL source has it; an empty object if the cell is blank. */
    ObjectNode of(JsonNode row) {
        long number = row.path("row_idx").asLong(-1);
        for (JsonNode cut : row.path("truncated_cells")) {
            if (cut.asText().equals(column)) {
                throw rows.refuse(
                        number,
                        "the server cut the column \"" + column + "\" off: take fewer rows with limit=" + number);
            }
        }
        JsonNode value = row.path("row").path(column);
        ObjectNode prompt = JsonNodeFactory.instance.objectNode();
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isBlank()) {
            return prompt;
        }
        if (value.isArray()) {
            prompt.set("messages", messages(value));
        } else {
            prompt.set("prompt", value);
        }
        // Checked here, where the number of the row is known.
        JsonPrompt.parse(rows, new Raw(0, 0, number, prompt.toString()));
        return prompt;
    }

    private static ArrayNode messages(JsonNode value) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        for (JsonNode turn : value) {
            if (turn.has("from") && turn.has("value")) {
                String from = turn.path("from").asText();
                messages.addObject().put("role", ROLES.getOrDefault(from, from)).set("content", turn.get("value"));
            } else {
                messages.add(turn);
            }
        }
        return messages;
    }
}
