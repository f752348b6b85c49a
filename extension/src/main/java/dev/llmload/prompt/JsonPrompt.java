package dev.llmload.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.text.JsonFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One JSON object of a source: a line of JSONL, an element of an array. */
public final class JsonPrompt {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A score beside the prompt may be NaN.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String HISTORY = "cut_chat_history";
    private static final String SYSTEM = "prompt_content";
    private static final String INSTRUCTION = "instruction";
    /** Looked for where there is none of the others. */
    private static final List<String> OTHER_FORMS =
            // a line of a batch file, of OpenAI's and of Anthropic's: what would be sent
            List.of("body", "params", "conversations", "conversation", "turns", INSTRUCTION, "input");
    /** What an instruction is about, as Alpaca and Dolly have it. */
    private static final List<String> ABOUT = List.of("input", "context");
    /** The system's turn beside the others. */
    private static final List<String> SYSTEM_TEXTS =
            List.of("system", "system_prompt", "system_message", "instructions");

    private static final String EXPECTED = "expected {\"prompt\": \"text\"}, {\"messages\": [{\"role\": \"user\","
            + " \"content\": \"text\"}, ...]} or {\"" + SYSTEM + "\": \"text\", \"" + HISTORY + "\": [...]}";

    private final RecordSource source;
    private final Raw raw;

    private JsonPrompt(RecordSource source, Raw raw) {
        this.source = source;
        this.raw = raw;
    }

    public static Row parse(RecordSource source, Raw raw) {
        return new JsonPrompt(source, raw).row();
    }

    private Row row() {
        JsonNode node = read();
        if (node.isArray()) {
            return turns(node, "");
        }
        if (node.isNull()) {
            throw empty("it is null");
        }
        if (!node.isObject()) {
            throw refuse(EXPECTED + ", but it is " + kind(node));
        }
        String column = source.options().column();
        return column.isEmpty() ? form(node, "") : column(node, column);
    }

    private Row form(JsonNode node, String within) {
        List<String> forms = new ArrayList<>(List.of("prompt", "messages"));
        forms.removeIf(form -> !node.has(form));
        if (node.has(SYSTEM) || node.has(HISTORY)) {
            forms.add(SYSTEM);
        }
        if (forms.equals(List.of("prompt", "messages")) && isTurnOf(node.get("prompt"), node.get("messages"))) {
            forms.remove("prompt");
        }
        if (forms.size() > 1) {
            throw refuse("it has both \"" + String.join("\" and \"", forms) + "\"; " + EXPECTED);
        }
        if (forms.isEmpty()) {
            OTHER_FORMS.stream()
                    .filter(form -> isForm(form, node.path(form), within))
                    .findFirst()
                    .ifPresent(forms::add);
        }
        String form = forms.isEmpty() ? "" : forms.get(0);
        String where = within + "\"" + form + "\"";
        return switch (form) {
            case "" ->
                throw refuse(EXPECTED + ", but its keys are " + keys(node)
                        + "; name the one that holds the prompt with ?column=");
            case "messages" -> withSystem(node, turns(node.get(form), where));
            case SYSTEM -> conversation(node);
            case "body", "params" -> form(node.get(form), where + ".");
            case INSTRUCTION -> withSystem(node, instruction(node, where));
            default -> withSystem(node, value(node.get(form), where));
        };
    }

    /** Whether the prompt only repeats a turn of the conversation, as in UltraChat. */
    private static boolean isTurnOf(JsonNode prompt, JsonNode messages) {
        for (JsonNode turn : messages) {
            if (prompt.isTextual() && turn.path("content").equals(prompt)) {
                return true;
            }
        }
        return false;
    }

    private Row instruction(JsonNode node, String where) {
        String text = text(node.get(INSTRUCTION), where);
        for (String about : ABOUT) {
            String more = node.path(about).asText("");
            text = more.isBlank() ? text : text + "\n\n" + more;
        }
        return Row.of(text);
    }

    private Row withSystem(JsonNode node, Row row) {
        String first = row.messages().get(0).role();
        if (first.equals("system") || first.equals("developer")) {
            return row;
        }
        for (String key : SYSTEM_TEXTS) {
            JsonNode value = node.path(key);
            String text = value.isMissingNode() ? "" : Turns.text(value, "\"" + key + "\"", this::odd);
            if (!text.isBlank()) {
                List<ChatMessage> messages = new ArrayList<>(row.messages());
                messages.add(0, new ChatMessage("system", text));
                return new Row(messages, row.answers(), row.blanks(), row.followUps());
            }
        }
        return row;
    }

    private JsonNode read() {
        try {
            return MAPPER.readTree(raw.text());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            long line = raw.line() + (at == null ? 0 : Math.max(0, at.getLineNr() - 1));
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw OddRow.malformed(
                    source,
                    line,
                    "column " + column + ": not JSON: "
                            + QuotedText.sentence(JsonFault.words(e.getOriginalMessage())) + "; "
                            + source.format().unit() + " must be one JSON object"
                            + (isArrayOfLines(line) ? "; an array over several lines is called .json" : ""));
        }
    }

    private boolean isArrayOfLines(long line) {
        return source.format() == PromptFormat.JSONL
                && line == 1
                && raw.text().stripLeading().startsWith("[");
    }

    // These words are common: what stands there must look like a conversation.
    private static boolean isForm(String form, JsonNode value, String within) {
        return switch (form) {
            case "body", "params" -> value.isObject() && within.isEmpty();
            case INSTRUCTION -> value.isTextual();
            case "input" -> (value.isArray() || value.isTextual()) && !within.isEmpty();
            default -> value.isArray() || value.isNull();
        };
    }

    private Row column(JsonNode node, String column) {
        JsonNode value = node.path(column);
        if (value.isMissingNode() && column.indexOf('.') > 0) {
            value = node; // body.messages: a key within another
            for (String key : column.split("\\.")) {
                value = value.path(key);
            }
        }
        if (value.isMissingNode()) {
            throw refuse("expected the key \"" + column + "\" (column=" + column + "), but its keys are " + keys(node));
        }
        Row row = value(value, "\"" + column + "\"");
        return value.isArray() ? withSystem(node, row) : row;
    }

    private Row value(JsonNode value, String where) {
        if (value.isArray()) {
            return turns(value, where);
        }
        return Row.of(text(value, where));
    }

    // The system turns of a history are left out: the prompt's content is the only system message.
    private Row conversation(JsonNode node) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage("system", text(node.path(SYSTEM), "\"" + SYSTEM + "\"")));
        Row history = turns(node.path(HISTORY), "\"" + HISTORY + "\"");
        for (ChatMessage turn : history.messages()) {
            if (!turn.role().equals("system")) {
                messages.add(turn);
            }
        }
        return new Row(messages, history.answers(), history.blanks(), history.followUps());
    }

    private Row turns(JsonNode array, String key) {
        return Turns.read(array, key, this::odd);
    }

    private OddRow odd(boolean none, String problem) {
        return none ? empty(problem) : refuse(problem);
    }

    private String text(JsonNode node, String where) {
        if (node.isNull()) {
            throw empty(where + " must be a string, but is null");
        }
        if (!node.isTextual()) {
            throw refuse(where + " must be a string, but is " + kind(node));
        }
        if (node.textValue().isBlank()) {
            throw empty(where + " must not be blank");
        }
        return node.textValue();
    }

    private static String keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(key -> keys.add(QuotedText.brief(key)));
        return QuotedText.list(keys);
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case ARRAY, OBJECT -> "an " + node.getNodeType().name().toLowerCase(Locale.ROOT);
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private OddRow refuse(String problem) {
        return OddRow.malformed(source, raw.line(), problem);
    }

    private OddRow empty(String problem) {
        return OddRow.empty(source, raw.line(), problem);
    }
}
